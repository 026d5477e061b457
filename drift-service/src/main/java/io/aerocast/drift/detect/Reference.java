package io.aerocast.drift.detect;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// The normal error of a model version at a station, given the movement of the readings.
///
/// The expected error is `offset + slope · movement`. The ratio of an error to it is raised to 2/3, which makes
/// the skewed absolute error nearly normal (Wilson and Hilferty 1931), and standardised.
///
/// @param version the model version from which the reference was learnt
/// @param meanError mean absolute error in calm, in the target's unit
/// @param meanMovement mean movement in calm, in the target's unit
/// @param offset expected error without movement, in the target's unit
/// @param slope growth of the expected error per unit of movement
/// @param location mean of the transformed ratio in calm
/// @param scale standard deviation of the transformed ratio in calm
/// @param resolution smallest error that is distinguished, in the target's unit
public record Reference(
        String version,
        double meanError,
        double meanMovement,
        double offset,
        double slope,
        double location,
        double scale,
        double resolution) {

    /// Upper bound of the movement that counts, in mean movements, so that growth of the error is always detected.
    private static final double MOVEMENT_CLIP = 3;

    private static final double ERROR_CLIP = 4;
    private static final double OFFSET_SHARE = 0.1;
    private static final double SCALE_SHARE = 0.2;

    /// Learns from calm samples. Outliers are winsorised.
    static Reference learn(String version, List<ErrorSample> samples, double resolution) {
        double rawError = mean(samples, ErrorSample::error);
        double rawMovement = mean(samples, ErrorSample::movement);
        List<ErrorSample> tame = samples.stream()
                .map(s -> new ErrorSample(
                        Math.min(s.error(), ERROR_CLIP * rawError),
                        Math.min(s.movement(), MOVEMENT_CLIP * rawMovement)))
                .toList();
        double meanError = mean(tame, ErrorSample::error);
        double meanMovement = mean(tame, ErrorSample::movement);
        double slope = slope(tame, meanError, meanMovement);
        double offset = meanError - slope * meanMovement;
        if (offset < OFFSET_SHARE * meanError) {
            offset = OFFSET_SHARE * meanError;
            slope = (1 - OFFSET_SHARE) * meanError / meanMovement;
        }
        return new Reference(version, meanError, meanMovement, offset, slope, 0, 1, resolution).standardised(samples);
    }

    /// The error's deviation from normal, in standard deviations of calm.
    double score(ErrorSample sample) {
        return (transformed(sample) - location) / scale;
    }

    /// The expected error at a movement, in the target's unit.
    double expected(double movement) {
        return Math.max(resolution, offset + slope * Math.min(movement, MOVEMENT_CLIP * meanMovement));
    }

    /// This reference, scaled down if needed to expect at most `factor` times the error that `other` expects.
    Reference limitedBy(Reference other, double factor) {
        double shrink = factor * other.expected(other.meanMovement) / expected(other.meanMovement);
        return shrink >= 1
                ? this
                : new Reference(
                        version,
                        meanError * shrink,
                        meanMovement,
                        offset * shrink,
                        slope * shrink,
                        location,
                        scale,
                        resolution);
    }

    /// The one of the two references that expects the smaller errors.
    Reference lower(Reference other) {
        return expected(other.meanMovement) < other.expected(other.meanMovement) ? this : other;
    }

    private double transformed(ErrorSample sample) {
        return Math.cbrt(Math.pow(Math.max(resolution, sample.error()) / expected(sample.movement()), 2));
    }

    private Reference standardised(List<ErrorSample> samples) {
        double cap = Double.MAX_VALUE;
        double centre = 0;
        double spread = 0;
        for (int pass = 0; pass < 3; pass++) {
            double limit = cap;
            centre = mean(samples, s -> Math.min(limit, transformed(s)));
            double middle = centre;
            double sum = samples.stream()
                    .mapToDouble(s -> Math.pow(Math.min(limit, transformed(s)) - middle, 2))
                    .sum();
            spread = Math.sqrt(sum / (samples.size() - 1));
            cap = centre + 3 * spread;
        }
        return new Reference(
                version,
                meanError,
                meanMovement,
                offset,
                slope,
                centre,
                Math.max(spread, SCALE_SHARE * centre),
                resolution);
    }

    /// Least-squares slope, at least 0.
    private static double slope(List<ErrorSample> samples, double meanError, double meanMovement) {
        double covariance = 0;
        double variance = 0;
        for (ErrorSample s : samples) {
            covariance += (s.movement() - meanMovement) * (s.error() - meanError);
            variance += Math.pow(s.movement() - meanMovement, 2);
        }
        return variance > 0 ? Math.max(0, covariance / variance) : 0;
    }

    private static double mean(List<ErrorSample> samples, ToDoubleFunction<ErrorSample> value) {
        return samples.stream().mapToDouble(value).average().orElseThrow();
    }
}
