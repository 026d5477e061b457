package io.aerocast.training.judge;

import io.aerocast.training.score.Forecasts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Scores of a candidate on the calm from before the change.
///
/// @param origins number of grid times of the calm hold-out, none of which were fitted
/// @param skill against persistence on them: 1 − mean squared error, each horizon in units of that of persistence
/// @param against comparison with the champion, or `null` without a champion, or where too little of the calm is
///     new to it
public record CalmScore(int origins, double skill, @Nullable CalmComparison against) {

    static CalmScore of(Forecasts candidate, Forecasts persistence, @Nullable CalmComparison against) {
        double[] losses = candidate.losses(persistence.squares());
        double skill = 1 - Arrays.stream(losses).average().orElse(Double.NaN);
        return new CalmScore(losses.length, skill, against);
    }
}
