package io.aerocast.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model was promoted. The event carries the artifact, so that every replica of the api can serve from the
/// compacted topic alone.
///
/// @param feature name of the feature that it forecasts, or `null` in an event of an earlier version: the first one
/// @param model the kind of model, one of [io.aerocast.forecast.ModelKinds#ALL]
/// @param version the model's version; versions of one pipeline, feature and kind sort by time
/// @param publishedAt wall-clock time of the promotion
/// @param reason of the training, or `null` for a model that AeroCast ships
/// @param signalId id of the retrain signal that led to the training, or `null`
/// @param signalRaisedAt wall-clock time of that signal, or `null` where it is unknown
/// @param metrics scores on data that neither model was trained on, by name
/// @param sha256 checksum of the artifact, hexadecimal
/// @param artifact the portable model file
public record ModelPublished(
        String pipeline,
        @Nullable String feature,
        String model,
        String version,
        Instant publishedAt,
        @Nullable RetrainReason reason,
        @Nullable String signalId,
        @Nullable Instant signalRaisedAt,
        Map<String, Double> metrics,
        String sha256,
        byte[] artifact) {

    public ModelPublished {
        Require.text("a published model's pipeline", pipeline);
        Require.text("a published model's kind", model);
        Require.text("a published model's version", version);
        Require.present("a published model's time", publishedAt);
        Require.text("a published model's checksum", sha256);
        Require.present("a published model's artifact", artifact);
        metrics = Require.sorted(metrics);
    }
}
