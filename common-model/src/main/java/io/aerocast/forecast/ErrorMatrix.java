package io.aerocast.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Second moments of the errors of the parts of a blend, from which its weights follow. Immutable.
///
/// The parts are the kinds of [#PARTS]. A kind that is not at work has no weight.
public final class ErrorMatrix {

    /// The trained kinds, then persistence.
    static final List<String> PARTS = parts();

    /// Index of persistence.
    static final int PERSISTENCE = PARTS.size() - 1;

    /// Share by which correlations are shrunk: of parts that err almost alike, none is given all the weight on the
    /// evidence of small differences.
    static final double SHRINKAGE = 0.02;

    private static final double SMALLEST_RATIO = 0.01;

    private final boolean[] atWork;
    private final double[][][] moments;
    private final double[][] weights;

    /// The weights of blends of some of the parts, by mask: few, and slow to find.
    private final Map<Integer, double[][]> ofSome = new ConcurrentHashMap<>();

    /// @param atWork shape [parts]
    /// @param moments shape [horizons][parts][parts], in units of the mean squared error of persistence at each
    ///     horizon
    ErrorMatrix(boolean[] atWork, double[][][] moments) {
        this.atWork = atWork;
        this.moments = moments;
        this.weights = weights(atWork);
    }

    /// @param usable shape [parts]
    /// @return shape [horizons][parts]
    private double[][] weights(boolean[] usable) {
        double[][] each = new double[moments.length][];
        for (int h = 0; h < each.length; h++) {
            each[h] = SimplexMinimum.weights(shrunk(h), usable);
        }
        return each;
    }

    /// The kinds at work, and persistence.
    List<String> kinds() {
        return IntStream.range(0, PARTS.size())
                .filter(part -> atWork[part])
                .mapToObj(PARTS::get)
                .toList();
    }

    private static List<String> parts() {
        List<String> parts = new ArrayList<>(ModelKinds.TRAINED);
        parts.add(ModelKinds.PERSISTENCE);
        return List.copyOf(parts);
    }

    /// The mean of the matrices of several stations, for forecasts that are of none of them.
    ///
    /// @param matrices at least one, of the same horizons
    static ErrorMatrix mean(Collection<ErrorMatrix> matrices) {
        ErrorMatrix first = matrices.iterator().next();
        double[][][] mean = new double[first.moments.length][PARTS.size()][PARTS.size()];
        for (ErrorMatrix each : matrices) {
            for (int h = 0; h < mean.length; h++) {
                for (int i = 0; i < PARTS.size(); i++) {
                    for (int j = 0; j < PARTS.size(); j++) {
                        mean[h][i][j] += each.moments[h][i][j] / matrices.size();
                    }
                }
            }
        }
        return new ErrorMatrix(first.atWork, mean);
    }

    /// The weight of each part at work.
    ///
    /// @return shape [horizons] by kind
    Map<String, double[]> weights() {
        return weights(kinds());
    }

    /// The weights of a blend of some of the parts and persistence.
    ///
    /// @param usable kinds at work
    /// @return shape [horizons] by kind
    Map<String, double[]> weights(Collection<String> usable) {
        boolean[] chosen = chosen(usable);
        double[][] share = share(chosen);
        Map<String, double[]> byKind = new LinkedHashMap<>();
        for (int part = 0; part < chosen.length; part++) {
            int column = part;
            if (chosen[part]) {
                byKind.put(
                        PARTS.get(part),
                        Arrays.stream(share).mapToDouble(each -> each[column]).toArray());
            }
        }
        return byKind;
    }

    private double[][] share(boolean[] chosen) {
        return Arrays.equals(chosen, atWork) ? weights : ofSome.computeIfAbsent(mask(chosen), _ -> weights(chosen));
    }

    private static int mask(boolean[] chosen) {
        int mask = 0;
        for (boolean each : chosen) {
            mask = 2 * mask + (each ? 1 : 0);
        }
        return mask;
    }

    /// Combines forecasts. The half-width of each bound is the weighted one of the parts; that of persistence
    /// is the mean of the others' in proportion to the errors.
    ///
    /// @param persistence the latest reading
    /// @param forecasts shape [horizons] each, of at least one of the kinds at work
    Prediction combine(double persistence, Map<String, Prediction> forecasts) {
        double[][] share = share(chosen(forecasts.keySet()));
        double[] value = new double[moments.length];
        double[] halfWidth = new double[moments.length];
        for (int h = 0; h < value.length; h++) {
            value[h] = share[h][PERSISTENCE] * persistence;
            halfWidth[h] = share[h][PERSISTENCE] * persistenceHalfWidth(h, forecasts);
            for (Map.Entry<String, Prediction> each : forecasts.entrySet()) {
                double weight = share[h][PARTS.indexOf(each.getKey())];
                value[h] += weight * each.getValue().value()[h];
                halfWidth[h] += weight * each.getValue().halfWidth(h);
            }
        }
        return Prediction.within(value, halfWidth);
    }

    /// Kinds as a mask of the parts, with persistence.
    private static boolean[] chosen(Collection<String> kinds) {
        boolean[] chosen = new boolean[PARTS.size()];
        kinds.forEach(kind -> chosen[PARTS.indexOf(kind)] = true);
        chosen[PERSISTENCE] = true;
        return chosen;
    }

    private double persistenceHalfWidth(int h, Map<String, Prediction> forecasts) {
        return forecasts.entrySet().stream()
                .mapToDouble(each -> each.getValue().halfWidth(h) / ratio(h, PARTS.indexOf(each.getKey())))
                .average()
                .orElseThrow();
    }

    /// Root mean squared error of a part in units of that of persistence.
    private double ratio(int h, int part) {
        return Math.max(Math.sqrt(moments[h][part][part]), SMALLEST_RATIO);
    }

    private double[][] shrunk(int h) {
        double[][] shrunk = new double[PARTS.size()][PARTS.size()];
        for (int i = 0; i < shrunk.length; i++) {
            for (int j = 0; j < shrunk.length; j++) {
                shrunk[i][j] = (i == j ? 1 : 1 - SHRINKAGE) * moments[h][i][j];
            }
        }
        return shrunk;
    }
}
