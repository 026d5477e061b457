package io.aerocast.training.dataset;

import java.util.Arrays;

/// Which readings of a sample are suspect.
///
/// @param rows shape [lookback][features]
/// @param targets shape [horizons]
public record Suspects(Suspicion[][] rows, Suspicion[] targets) {

    /// No suspect reading.
    public static final Suspects NONE = new Suspects(new Suspicion[0][], new Suspicion[0]);

    /// Shares [#NONE] where no reading is suspect.
    static Suspects of(Suspicion[][] rows, Suspicion[] targets) {
        boolean any = Arrays.stream(rows).anyMatch(Suspects::any) || any(targets);
        return any ? new Suspects(rows, targets) : NONE;
    }

    /// Whether no reading is suspect.
    boolean none() {
        return rows.length == 0 && targets.length == 0;
    }

    /// The suspicion against a reading of the lookback.
    Suspicion row(int step, int feature) {
        return rows.length == 0 ? Suspicion.NONE : rows[step][feature];
    }

    /// The suspicion against the target at a horizon.
    Suspicion target(int horizon) {
        return targets.length == 0 ? Suspicion.NONE : targets[horizon];
    }

    private static boolean any(Suspicion[] suspicions) {
        return Arrays.stream(suspicions).anyMatch(suspicion -> suspicion != Suspicion.NONE);
    }
}
