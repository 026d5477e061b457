package io.aerocast.training.dataset;

import io.aerocast.forecast.Lookback;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// A lookback and the observed targets after it.
///
/// @param lookback input of a model
/// @param targets shape [horizons], the target feature at each horizon of the pipeline, in its unit; `NaN` where it
///     was not observed
/// @param suspects which of these readings are suspect
public record Sample(Lookback lookback, double[] targets, Suspects suspects) {

    /// A sample none of whose readings is suspect.
    public Sample(Lookback lookback, double[] targets) {
        this(lookback, targets, Suspects.NONE);
    }

    /// The sample for a fit: suspect readings become missing readings.
    ///
    /// @return empty if the target's reading at the origin is suspect, or if too few readings or no target are left
    Optional<Sample> clean() {
        if (suspects.none()) {
            return Optional.of(this);
        }
        double[][] rows = lookback.rows().clone();
        for (int step = 0; step < rows.length; step++) {
            rows[step] = rows[step].clone();
            for (int feature = 0; feature < rows[step].length; feature++) {
                if (suspects.row(step, feature) != Suspicion.NONE) {
                    rows[step][feature] = Double.NaN;
                }
            }
        }
        double[] known = targets.clone();
        for (int horizon = 0; horizon < known.length; horizon++) {
            if (suspects.target(horizon) != Suspicion.NONE) {
                known[horizon] = Double.NaN;
            }
        }
        Sample clean = new Sample(new Lookback(rows, lookback.origin()), known);
        boolean useful = clean.lookback().usable() && !Arrays.stream(known).allMatch(Double::isNaN);
        return Optional.of(clean).filter(_ -> useful);
    }

    /// This sample with the targets that were observed before a time.
    ///
    /// @return empty if there is none
    Optional<Sample> knownBefore(Instant end, Pipeline pipeline) {
        if (last(pipeline).isBefore(end)) {
            return Optional.of(this);
        }
        Instant origin = Objects.requireNonNull(lookback.origin(), "a sample with times has an origin");
        double[] known = targets.clone();
        for (int h = 0; h < known.length; h++) {
            if (!pipeline.after(origin, pipeline.horizons().get(h)).isBefore(end)) {
                known[h] = Double.NaN;
            }
        }
        return Arrays.stream(known).allMatch(Double::isNaN)
                ? Optional.empty()
                : Optional.of(new Sample(lookback, known, suspects));
    }

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
