package io.aerocast.event;

import io.aerocast.event.Topic.Retention;
import java.util.List;

/// All topics of AeroCast. No other class holds the name of a topic.
public final class Topics {

    public static final Topic<Observation> OBSERVATIONS = new Topic<>(
            "aerocast.observations.v1", "station", "observation", Retention.TIME, new Codec<>(Observation.class, 1));

    public static final Topic<WindowLanded> WINDOWS = new Topic<>(
            "aerocast.windows.v1",
            "pipeline/station",
            "a parquet window landed: URI, rows, time range, offsets, checksum",
            Retention.COMPACTED,
            new Codec<>(WindowLanded.class, 1));

    public static final Topic<Forecast> FORECASTS = new Topic<>(
            "aerocast.forecasts.v2",
            "station",
            "forecasts of one feature from one origin: values and intervals of all horizons, model version",
            Retention.TIME,
            new Codec<>(Forecast.class, 2));

    public static final Topic<Evaluation> EVALUATIONS = new Topic<>(
            "aerocast.evaluations.v2",
            "station",
            "one observed value, with the forecasts of it at all horizons by one kind of model",
            Retention.TIME,
            new Codec<>(Evaluation.class, 2));

    public static final Topic<DriftChanged> DRIFT = new Topic<>(
            "aerocast.drift.v1",
            "pipeline/station/feature",
            "drift state changes: calm, warning, degraded, drift, sensor-fault",
            Retention.COMPACTED,
            new Codec<>(DriftChanged.class, 1));

    public static final Topic<RetrainSignal> RETRAIN = new Topic<>(
            "aerocast.retrain.v1",
            "pipeline",
            "retrain signal: id, reason (drift, degraded, schedule, manual), evidence",
            Retention.TIME,
            new Codec<>(RetrainSignal.class, 1));

    public static final Topic<ModelPublished> MODELS = new Topic<>(
            "aerocast.models.v1",
            "pipeline/feature/model",
            "promoted model: version, checksum, metrics, lineage and the artifact itself",
            Retention.COMPACTED,
            new Codec<>(ModelPublished.class, 1));

    /// Rejected observations, key and value as received; the headers are named in [DeadLetter].
    public static final String DEAD_LETTERS = "aerocast.observations.dlq.v1";

    private Topics() {}

    /// Every topic with a codec, that is all but [#DEAD_LETTERS].
    public static List<Topic<?>> all() {
        return List.of(OBSERVATIONS, WINDOWS, FORECASTS, EVALUATIONS, DRIFT, RETRAIN, MODELS);
    }

    /// The record key of events that belong to a station of a pipeline.
    public static String key(String pipeline, String member) {
        return pipeline + "/" + member;
    }

    /// The record key of events that belong to a feature of a station, or to a kind of model of a feature.
    ///
    /// @param path names below the pipeline: station and feature, or feature and kind of model
    public static String key(String pipeline, String path, String last) {
        return pipeline + "/" + path + "/" + last;
    }
}
