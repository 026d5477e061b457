package io.aerocast.api.model;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The model that serves each kind of each pipeline. Safe for use by several threads; a swap is one atomic write.
public final class ServedModels {

    private record Place(String pipeline, String kind) {}

    private final Map<Place, Serving> models = new ConcurrentHashMap<>();

    /// The newest refusal of each place, until a later model serves there.
    private final Map<Place, Refusal> refused = new ConcurrentHashMap<>();

    /// Serves a model in place of the one of the same pipeline and kind.
    ///
    /// @return the replaced model, or `null` if there was none
    @Nullable
    ServedModel swap(ServedModel model) {
        Place place = new Place(model.card().pipeline(), model.card().model());
        Serving before = models.get(place); // only one thread swaps
        models.put(place, new Serving(model, Instant.now(), before == null ? 0 : before.swaps() + 1));
        refused.remove(place);
        return before == null ? null : before.model();
    }

    /// Records a refused model.
    void refuse(Refusal refusal) {
        refused.put(new Place(refusal.pipeline(), refusal.model()), refusal);
    }

    /// Refused models: the newest of each kind and pipeline, unless a later one serves.
    public List<Refusal> refused() {
        return refused.values().stream()
                .sorted(Comparator.comparing(Refusal::pipeline).thenComparing(Refusal::model))
                .toList();
    }

    /// The model of a kind that serves a pipeline now.
    public Optional<ServedModel> find(Pipeline pipeline, String kind) {
        return Optional.ofNullable(models.get(new Place(pipeline.name(), kind))).map(Serving::model);
    }

    /// The models that serve a pipeline now, sorted by kind.
    public List<ServedModel> of(Pipeline pipeline) {
        return all().stream()
                .filter(m -> m.card().pipeline().equals(pipeline.name()))
                .toList();
    }

    /// The models that serve now, sorted by pipeline and kind.
    public List<ServedModel> all() {
        return models.values().stream()
                .map(Serving::model)
                .sorted(Comparator.comparing((ServedModel m) -> m.card().pipeline())
                        .thenComparing(m -> m.card().model()))
                .toList();
    }

    /// The models that serve a pipeline now, sorted by kind, with their swaps.
    public List<Serving> serving(Pipeline pipeline) {
        return models.values().stream()
                .filter(s -> s.model().card().pipeline().equals(pipeline.name()))
                .sorted(Comparator.comparing(s -> s.model().card().model()))
                .toList();
    }

    /// Time of the last training of a pipeline that serves; empty if only shipped models serve.
    public Optional<Instant> lastTraining(Pipeline pipeline) {
        return of(pipeline).stream()
                .filter(m -> !m.shipped())
                .map(m -> m.card().trainedAt())
                .max(Comparator.naturalOrder());
    }
}
