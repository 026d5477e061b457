package io.aerocast.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A wish that a pipeline's model be trained again. One signal gives one training run, however often it is
/// delivered.
///
/// @param id identity of the wish; a signal that is raised twice has the same one
/// @param raisedAt wall-clock time at which it was raised
/// @param station the station whose errors grew, or `null`
/// @param changedSince observation time since which the data are different, or `null` where nothing is known
/// @param note one sentence for a person
/// @param evidence numbers behind the reason, by name
public record RetrainSignal(
        String id,
        String pipeline,
        RetrainReason reason,
        Instant raisedAt,
        @Nullable String station,
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
