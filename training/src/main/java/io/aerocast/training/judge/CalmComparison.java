package io.aerocast.training.judge;

import io.aerocast.training.dataset.CalmDays;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.Forecasts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Whether a candidate has forgotten the calm from before the change that the champion knows. Forecasts of one day are
/// wrong together, so each day of the calm hold-out counts as one difference; the days lie far apart and are tested as
/// independent ones.
///
/// @param days of the calm hold-out that neither model was fitted on
/// @param ratio the candidate's root mean squared error over the champion's, each horizon in units of the error of
///     persistence
/// @param forgotten how likely so much worse a candidate, or a worse one, would be if it were as bad as is allowed:
///     one-sided Diebold-Mariano test of the days' mean losses
public record CalmComparison(int days, double ratio, DieboldMariano forgotten) {

    /// Fewer days prove nothing.
    static final int MINIMUM_DAYS = 5;

    /// Compares two forecasters on the same windows.
    ///
    /// @param allowed how much worse the candidate may be, such as 0.02
    /// @return empty for fewer than [#MINIMUM_DAYS] days
    static Optional<CalmComparison> of(Forecasts candidate, Forecasts champion, Forecasts persistence, double allowed) {
        double[] scale = persistence.squares();
        Duration day = CalmDays.length(candidate.pipeline());
        double[] losses = candidate.dailyLosses(scale, day);
        if (losses.length < MINIMUM_DAYS) {
            return Optional.empty();
        }
        double[] rivals = champion.dailyLosses(scale, day);
        double allowance = (1 + allowed) * (1 + allowed);
        double[] excess = new double[losses.length];
        Arrays.setAll(excess, i -> losses[i] - allowance * rivals[i]);
        double ratio = Math.sqrt(mean(candidate.losses(scale)) / mean(champion.losses(scale)));
        return Optional.of(new CalmComparison(losses.length, ratio, DieboldMariano.test(excess, 1)));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
