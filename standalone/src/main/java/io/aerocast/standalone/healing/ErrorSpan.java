package io.aerocast.standalone.healing;

import io.aerocast.event.Evaluation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/// Errors over a number of evaluations.
///
/// @param count evaluations
/// @param rmse root mean squared error of the forecasts, in the target's unit; empty without evaluations
/// @param persistenceRmse the same of persistence, over the evaluations that carry its forecast; empty without any
public record ErrorSpan(int count, OptionalDouble rmse, OptionalDouble persistenceRmse) {

    /// An error up to 1.5 times that of calm weather counts as normal.
    private static final double NORMAL = 1.5;

    public static ErrorSpan of(List<Evaluation> evaluations) {
        double[] forecasts =
                evaluations.stream().mapToDouble(Evaluation::residual).toArray();
        double[] persistence = evaluations.stream()
                .filter(e -> e.persistence() != null)
                .mapToDouble(e -> e.actual() - Objects.requireNonNull(e.persistence()))
                .toArray();
        return new ErrorSpan(evaluations.size(), rootMeanSquare(forecasts), rootMeanSquare(persistence));
    }

    /// Root mean square; empty without residuals.
    static OptionalDouble rootMeanSquare(double[] residuals) {
        OptionalDouble mean = Arrays.stream(residuals).map(r -> r * r).average();
        return mean.isPresent() ? OptionalDouble.of(Math.sqrt(mean.getAsDouble())) : OptionalDouble.empty();
    }

    /// Whether the error is below 1.5 times the error of calm weather.
    boolean backTo(ErrorSpan calm) {
        return rmse.isPresent() && calm.rmse.isPresent() && rmse.getAsDouble() < NORMAL * calm.rmse.getAsDouble();
    }
}
