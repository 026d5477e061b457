package io.aerocast.trainer.dataset;

import io.aerocast.forecast.Lookback;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;

/// A lookback and what followed it.
///
/// @param lookback what the model sees
/// @param targets shape [horizons], the target feature at each horizon of the pipeline, in its unit; `NaN` where it
///     was not observed
public record Sample(Lookback lookback, double[] targets) {

    /// Grid time of the oldest row, or [Instant#EPOCH] without times.
    Instant first(Pipeline pipeline) {
        Instant origin = lookback.origin();
        return origin == null ? Instant.EPOCH : pipeline.after(origin, 1 - lookback.steps());
    }

    /// Grid time of the furthest known target, or [Instant#EPOCH] without times.
    Instant last(Pipeline pipeline) {
        Instant origin = lookback.origin();
        if (origin == null) {
            return Instant.EPOCH;
        }
        for (int i = targets.length - 1; i >= 0; i--) {
            if (!Double.isNaN(targets[i])) {
                return pipeline.after(origin, pipeline.horizons().get(i));
            }
        }
        return origin;
    }
}
