package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.attribute;

import io.aerocast.forecast.FourierBasis;
import io.aerocast.pipeline.Season;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// The terms of a [FourierBasis] in a graph.
record OnnxBasis(OnnxGraph graph, OnnxTimes times) {

    /// Adds the terms at some times: the constant, and the waves of each season times the constant and the waves of
    /// the seasons before.
    ///
    /// @param time shape [batch, times, 1], see [OnnxTimes#at]
    /// @param count number of times
    /// @return shape [batch, times, terms]
    String add(String name, FourierBasis basis, String time, int count) {
        String one = graph.doubles(name + ".one", new double[] {1}, 1, 1, 1);
        String shape = graph.add("Shape", name + ".each", List.of(time));
        String constant = graph.add("Expand", name + ".constant", List.of(one, shape));
        List<String> values = new ArrayList<>(List.of(constant));
        List<String> before = new ArrayList<>(List.of(constant));
        int width = 1;
        for (int i = 0; i < basis.seasons().size(); i++) {
            Season season = basis.seasons().get(i);
            String waves = waves(name + i, season, time, count);
            int own = 2 * season.harmonics();
            long[] products = {0, count, (long) own * width};
            values.add(products(
                    name + i,
                    waves,
                    graph.add("Concat", name + i + ".before", before, attribute("axis", 2L)),
                    products));
            before.add(waves);
            width += own;
        }
        return graph.add("Concat", name, values, attribute("axis", 2L));
    }

    /// Products of each of some terms with each of others, of which the first is the constant.
    ///
    /// @param shape [batch, times, terms·others]
    private String products(String name, String own, String others, long[] shape) {
        String columns = graph.longs(name + ".columns", new long[] {3}, 1);
        String column = graph.add("Unsqueeze", name + ".column", List.of(own, columns));
        String rowsAxis = graph.longs(name + ".rows", new long[] {2}, 1);
        String row = graph.add("Unsqueeze", name + ".row", List.of(others, rowsAxis));
        String each = graph.add("Mul", name + ".eachProduct", List.of(column, row));
        return graph.add("Reshape", name + ".products", List.of(each, graph.longs(name + ".flat", shape, 3)));
    }

    /// Cosine and sine of each harmonic: shape [batch, times, 2·harmonics].
    private String waves(String name, Season season, String time, int count) {
        long period = season.period().toMillis();
        int harmonics = season.harmonics();
        double[] turn = new double[harmonics];
        Arrays.fill(turn, 2 * Math.PI / period);
        String divisor = graph.longs(name + ".period", new long[] {period});
        String first = graph.add("Mod", name + ".firstPhase", List.of(time, divisor));
        String factors = graph.longs(
                name + ".harmonics", LongStream.rangeClosed(1, harmonics).toArray(), harmonics);
        String multiple = graph.add("Mul", name + ".multiple", List.of(first, factors));
        String phase = graph.add("Mod", name + ".phase", List.of(multiple, divisor));
        return times.waves(name + ".waves", phase, count, turn);
    }
}
