package io.aerocast.api.station;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The forecasts of one observed value by one kind of model, in arrays: the history holds many.
///
/// @param versions shape [horizons]
/// @param numbers shape [horizons][4]: value, lower bound, upper bound, persistence; `NaN` where unknown
record PastForecasts(int[] horizons, String[] versions, double[][] numbers) {

    static PastForecasts of(Evaluation evaluation) {
        List<Pair> pairs = evaluation.pairs();
        return new PastForecasts(
                pairs.stream().mapToInt(Pair::horizon).toArray(),
                // Every event brings its own copies of few versions.
                pairs.stream().map(pair -> pair.modelVersion().intern()).toArray(String[]::new),
                pairs.stream()
                        .map(pair -> new double[] {
                            pair.predicted(), number(pair.lower()), number(pair.upper()), number(pair.persistence())
                        })
                        .toArray(double[][]::new));
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    int size() {
        return horizons.length;
    }
}
