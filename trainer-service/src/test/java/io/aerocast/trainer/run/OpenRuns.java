package io.aerocast.trainer.run;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import java.time.Instant;
import java.util.Map;

/// Open runs for tests of other packages.
public final class OpenRuns {

    private OpenRuns() {}

    /// An open run and the power to end it.
    public record Run(OpenRun run) {

        public void end(boolean answered) {
            run.end(answered);
        }
    }

    /// A run that has not begun.
    public static Run open(String signal) {
        return new Run(new OpenRun(new RetrainSignal(
                signal, "sim", RetrainReason.DRIFT, Instant.EPOCH, null, null, null, "a test", Map.of())));
    }
}
