package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Outcome.WithoutCandidate;
import io.aerocast.training.judge.Scores;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The line in the log that closes each model in a run.
final class ClosingLine {

    private static final String NONE = "none";

    private ClosingLine() {}

    /// Errors are root mean squares on the hold-out at the first horizon, in the target's unit.
    ///
    /// @param took time since the run was first begun
    static String of(RetrainSignal signal, Outcome outcome, Duration took) {
        return String.format(
                Locale.ROOT,
                "run finished: reason=%s pipeline=%s feature=%s model=%s version=%s verdict=%s rmse=%s champion=%s persistence=%s"
                        + " seconds=%.1f",
                signal.reason().label(),
                signal.pipeline(),
                outcome.feature(),
                outcome.kind(),
                version(outcome),
                outcome.result().label(),
                rmse(outcome, scores -> Optional.of(scores.rmse())),
                rmse(outcome, Scores::championRmse),
                rmse(outcome, scores -> Optional.of(scores.persistenceRmse())),
                took.toMillis() / 1000.0);
    }

    private static String version(Outcome outcome) {
        return switch (outcome) {
            case Judged judged -> judged.candidate().version();
            case WithoutCandidate _ -> NONE;
        };
    }

    private static String rmse(Outcome outcome, Function<Scores, Optional<Double>> measure) {
        return outcome.measured()
                .flatMap(measure)
                .map(rmse -> String.format(Locale.ROOT, "%.4f", rmse))
                .orElse(NONE);
    }
}
