package io.aerocast.standalone.healing;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/// Errors over a number of forecasts.
///
/// @param count forecasts whose target has been observed
/// @param rmse root mean squared error of the forecasts, in the target's unit; empty without forecasts
/// @param persistenceRmse the same of persistence, where its forecast is known; empty without any
public record ErrorSpan(int count, OptionalDouble rmse, OptionalDouble persistenceRmse) {

    /// An error up to 1.5 times that of calm weather counts as normal.
    private static final double NORMAL = 1.5;

    static ErrorSpan of(List<ScoredForecast> forecasts) {
        double[] residuals =
                forecasts.stream().mapToDouble(ScoredForecast::residual).toArray();
        double[] persistence = forecasts.stream()
                .filter(f -> f.persistence() != null)
                .mapToDouble(f -> f.actual() - Objects.requireNonNull(f.persistence()))
                .toArray();
        return new ErrorSpan(forecasts.size(), rootMeanSquare(residuals), rootMeanSquare(persistence));
    }

    /// Root mean square; empty without residuals.
    public static OptionalDouble rootMeanSquare(double[] residuals) {
        OptionalDouble mean = Arrays.stream(residuals).map(r -> r * r).average();
        return mean.isPresent() ? OptionalDouble.of(Math.sqrt(mean.getAsDouble())) : OptionalDouble.empty();
    }

    /// Whether the error is below 1.5 times the error of calm weather.
    boolean backTo(ErrorSpan calm) {
        return rmse.isPresent() && calm.rmse.isPresent() && rmse.getAsDouble() < NORMAL * calm.rmse.getAsDouble();
    }
}
