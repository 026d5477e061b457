package io.aerocast.api.model;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The model that serves each kind of each feature of each pipeline. Safe for use by several threads; a swap is one
/// atomic write.
public final class ServedModels {

    /// Number of refusals to keep: events may name pipelines that do not exist.
    private static final int REFUSALS = 100;

    private record Target(String pipeline, String feature) {}

    private final NavigableMap<Place, Serving> models = new ConcurrentSkipListMap<>();

    /// The models of each target, sorted by kind: the stream asks for them with each reading.
    private final Map<Target, List<ServedModel>> byTarget = new ConcurrentHashMap<>();

    /// The newest refusal of each place, until a later model serves there.
    private final SequencedMap<Place, Refusal> refused = new LinkedHashMap<>();

    /// Serves a model in place of the one of the same pipeline, feature and kind.
    ///
    /// @param publishedAt time of the promotion
    /// @return the replaced model, or `null` if there was none
    @Nullable
    ServedModel swap(ServedModel model, Instant publishedAt) {
        Place place = Place.of(model.card());
        Serving before = models.get(place); // only one thread swaps
        models.put(place, before == null ? Serving.first(model, publishedAt) : before.replacedBy(model, publishedAt));
        Target target = new Target(place.pipeline(), place.feature());
        byTarget.put(target, collect(target));
        synchronized (refused) {
            refused.remove(place);
        }
        return before == null ? null : before.model();
    }

    /// Whether a model that was promoted later serves in the place of this one.
    boolean servesNewer(ServedModel model, Instant publishedAt) {
        Serving serving = models.get(Place.of(model.card()));
        return serving != null && serving.publishedAt().isAfter(publishedAt);
    }

    /// Records a refused model.
    void refuse(Refusal refusal) {
        synchronized (refused) {
            refused.putLast(new Place(refusal.pipeline(), refusal.feature(), refusal.model()), refusal);
            if (refused.size() > REFUSALS) {
                refused.pollFirstEntry();
            }
        }
    }

    /// Refused models: the newest of each pipeline, feature and kind, unless a later one serves.
    public List<Refusal> refused() {
        synchronized (refused) {
            return refused.values().stream()
                    .sorted(Comparator.comparing(Refusal::pipeline)
                            .thenComparing(Refusal::feature)
                            .thenComparing(Refusal::model))
                    .toList();
        }
    }

    /// The model of a kind that serves now.
    ///
    /// @param view the view of the feature
    public Optional<ServedModel> find(Pipeline view, String kind) {
        return of(view).stream().filter(m -> m.card().model().equals(kind)).findFirst();
    }

    /// The models of a feature that serve now, sorted by kind.
    ///
    /// @param view the view of the feature
    public List<ServedModel> of(Pipeline view) {
        return byTarget.getOrDefault(new Target(view.name(), view.target().name()), List.of());
    }

    /// The models that serve now, sorted by pipeline, feature and kind.
    public List<ServedModel> all() {
        return models.values().stream().map(Serving::model).toList();
    }

    /// The models of all features that serve a pipeline now, with their swaps, in the order of its targets, then of
    /// the kinds.
    public List<Serving> serving(Pipeline pipeline) {
        return pipeline.views().stream()
                .flatMap(view -> models.entrySet().stream()
                        .filter(e -> e.getKey().in(view))
                        .map(Map.Entry::getValue))
                .toList();
    }

    /// Time of the last training of a pipeline that serves; empty if only shipped models serve.
    public Optional<Instant> lastTraining(Pipeline pipeline) {
        return serving(pipeline).stream()
                .map(Serving::model)
                .filter(m -> !m.shipped())
                .map(m -> m.card().trainedAt())
                .max(Comparator.naturalOrder());
    }

    private List<ServedModel> collect(Target target) {
        return models.entrySet().stream()
                .filter(e -> e.getKey().pipeline().equals(target.pipeline())
                        && e.getKey().feature().equals(target.feature()))
                .map(e -> e.getValue().model())
                .toList();
    }
}
