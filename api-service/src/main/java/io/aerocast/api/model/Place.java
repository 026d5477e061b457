package io.aerocast.api.model;

import io.aerocast.forecast.ModelCard;
import io.aerocast.pipeline.Pipeline;
import java.util.Comparator;

/// What one model serves: at most one model serves each kind of each feature of a pipeline.
///
/// @param feature the target
/// @param kind one of [io.aerocast.forecast.ModelKinds#TRAINED]
record Place(String pipeline, String feature, String kind) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::pipeline).thenComparing(Place::feature).thenComparing(Place::kind);

    static Place of(ModelCard card) {
        return new Place(card.pipeline(), card.target(), card.model());
    }

    /// Whether it belongs to a view of its pipeline.
    boolean in(Pipeline view) {
        return pipeline.equals(view.name()) && feature.equals(view.target().name());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
