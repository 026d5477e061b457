package io.aerocast.training.judge;

import io.aerocast.training.dataset.CalmDays;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.Forecasts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Comparison of candidate and champion on the calm from before the change, which shows whether the candidate has
/// forgotten it. Errors within a day are correlated, so each day of the calm hold-out counts as one difference; the
/// days lie far apart and are tested as independent.
///
/// @param days number of days of the calm hold-out that neither model was fitted on
/// @param ratio the candidate's root mean squared error over the champion's, each horizon in units of the error of
///     persistence
/// @param forgotten one-sided Diebold-Mariano test of the days' mean losses; its null hypothesis is a candidate
///     that is worse by exactly the allowed amount
public record CalmComparison(int days, double ratio, DieboldMariano forgotten) {

    /// Minimum number of days for a test.
    static final int MINIMUM_DAYS = 5;

    /// Compares two forecasters on the same windows.
    ///
    /// @param allowed largest increase of the error over the champion's, as a fraction of it: 0.02 allows 2 %
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
