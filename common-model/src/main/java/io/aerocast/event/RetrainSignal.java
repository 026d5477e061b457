package io.aerocast.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to retrain the models of a pipeline. One signal leads to one training run, however often it is
/// delivered.
///
/// @param id identity of the request; raising the same request again gives the same id
/// @param raisedAt wall-clock time at which it was raised
/// @param station the station whose errors grew, or `null`
/// @param feature the feature whose models are to be trained, or `null` for those of every target
/// @param changedSince observation time at which the data changed, or `null` where it is unknown
/// @param note one sentence for a person
/// @param evidence numbers behind the reason, by name
public record RetrainSignal(
        String id,
        String pipeline,
        RetrainReason reason,
        Instant raisedAt,
        @Nullable String station,
        @Nullable String feature,
        @Nullable Instant changedSince,
        String note,
        Map<String, Double> evidence) {

    public RetrainSignal {
        Require.text("a retrain signal's id", id);
        Require.text("a retrain signal's pipeline", pipeline);
        Require.present("a retrain signal's reason", reason);
        Require.present("a retrain signal's time", raisedAt);
        Require.text("a retrain signal's note", note);
        evidence = Require.sorted(evidence);
    }
}
