package io.aerocast.trainer.run;

import io.aerocast.trainer.run.RunRecord.ModelRun;
import java.time.Instant;

/// Is told what became of each training, also where nobody scrapes the trainer before it goes.
@FunctionalInterface
interface BatchOutcomes {

    /// One kind of model is through. Returns at once, and never fails.
    ///
    /// @param now wall-clock time of the end
    void push(String pipeline, ModelRun model, Instant now);

    /// Nobody listens.
    static BatchOutcomes unheard() {
        return (_, _, _) -> {};
    }
}
