package io.aerocast.trainer.run;

import io.aerocast.trainer.record.Outcome;
import java.time.Instant;

/// Receives the outcome of each training, for a trainer that exits before Prometheus scrapes it.
@FunctionalInterface
interface BatchOutcomes {

    /// A model has its outcome. Returns at once, and never fails.
    ///
    /// @param now wall-clock time of the end
    void push(String pipeline, Outcome outcome, Instant now);

    /// Discards them.
    static BatchOutcomes none() {
        return (_, _, _) -> {};
    }
}
