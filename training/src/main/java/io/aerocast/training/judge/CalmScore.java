package io.aerocast.training.judge;

import io.aerocast.training.score.Forecasts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a candidate makes of the calm from before the change.
///
/// @param origins grid times of the calm hold-out, on none of which it was fitted
/// @param skill against persistence on them: 1 − mean squared error, each horizon in units of persistence's
/// @param against the champion, or `null` where too little of the calm is new to it, or where there is no champion
public record CalmScore(int origins, double skill, @Nullable CalmComparison against) {

    static CalmScore of(Forecasts candidate, Forecasts persistence, @Nullable CalmComparison against) {
        double[] losses = candidate.losses(persistence.squares());
        double skill = 1 - Arrays.stream(losses).average().orElse(Double.NaN);
        return new CalmScore(losses.length, skill, against);
    }
}
