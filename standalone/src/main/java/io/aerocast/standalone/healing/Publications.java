package io.aerocast.standalone.healing;

import io.aerocast.event.ModelPublished;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The models that were published for one pipeline.
public final class Publications {

    private final Pipeline pipeline;
    private final Instant since;
    private final Map<Id, ModelPublished> models = new LinkedHashMap<>();
    private int promotions;
    private int rollbacks;

    /// Identity of a model within its pipeline.
    private record Id(String feature, String kind, String version) {}

    /// @param since wall-clock time from which promotions and rollbacks count
    Publications(Pipeline pipeline, Instant since) {
        this.pipeline = pipeline;
        this.since = since;
    }

    void add(ModelPublished model) {
        models.put(new Id(feature(model), model.model(), model.version()), model);
        if (!model.publishedAt().isBefore(since)) {
            promotions += isRollback(model) ? 0 : 1;
            rollbacks += isRollback(model) ? 1 : 0;
        }
    }

    /// Whether an earlier model returned to service: it was not judged again, so that the event has no scores.
    public static boolean isRollback(ModelPublished model) {
        return model.metrics().isEmpty();
    }

    /// The feature that a published model forecasts.
    public String feature(ModelPublished model) {
        return Objects.requireNonNullElse(model.feature(), pipeline.target().name());
    }

    public boolean isEmpty() {
        return models.isEmpty();
    }

    /// Whether a training for a retrain signal led to a published model.
    public boolean answered(String signalId) {
        return models.values().stream().anyMatch(model -> signalId.equals(model.signalId()));
    }

    public Optional<ModelPublished> find(String feature, String kind, String version) {
        return Optional.ofNullable(models.get(new Id(feature, kind, version)));
    }

    /// Number of promotions during the run, over all targets and kinds of model.
    int promotions() {
        return promotions;
    }

    /// Number of models that returned to service during the run.
    int rollbacks() {
        return rollbacks;
    }
}
