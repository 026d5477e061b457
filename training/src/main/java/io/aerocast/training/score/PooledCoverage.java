package io.aerocast.training.score;

import java.util.List;

/// The coverage of prediction intervals, pooled over horizons and stations, and how far chance moves it.
///
/// @param coverage fraction of the observations inside the intervals, mean over the horizons
/// @param nominal fraction that the intervals are meant to cover
/// @param error standard error of the coverage: of the test, and of the calibration, which had few data as well
public record PooledCoverage(double coverage, double nominal, double error) {

    /// Upper 5 % and 20 % quantiles of the normal distribution.
    private static final double CHANCE = 1.645;

    private static final double POWER = 0.842;

    /// Measures intervals.
    ///
    /// @param intervals of the forecasts tested, those of [Forecasts#intervals]
    /// @param tested forecasts whose intervals are tested
    /// @param calibrated forecasts of the data that calibrated the intervals
    public static PooledCoverage of(List<IntervalScore> intervals, Forecasts tested, Forecasts calibrated) {
        double nominal = intervals.getFirst().nominal();
        double coverage = intervals.stream()
                .filter(interval -> interval.count() > 0)
                .mapToDouble(IntervalScore::coverage)
                .average()
                .orElse(Double.NaN);
        double overlap = Overlap.of(tested.pipeline().horizons());
        double variance = nominal * (1 - nominal) * overlap;
        return new PooledCoverage(
                coverage, nominal, Math.sqrt(variance / tested.meanOrigins() + variance / calibrated.meanOrigins()));
    }

    /// Largest deviation from the nominal coverage that a tolerance and chance explain.
    public double allowed(double tolerance) {
        return tolerance + CHANCE * error;
    }

    /// Whether more than a tolerance and chance are needed to explain the coverage.
    public boolean off(double tolerance) {
        return Math.abs(coverage - nominal) > allowed(tolerance);
    }

    /// The coverage at and below which intervals are found with a probability of at least 80 %.
    public double found(double tolerance) {
        return nominal - allowed(tolerance) - POWER * error;
    }
}
