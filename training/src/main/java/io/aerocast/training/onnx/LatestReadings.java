package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.attribute;
import static io.aerocast.training.onnx.OnnxGraph.type;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto.DataType;

/// Positions of the latest present reading for each step and feature; missing readings are filled from them.
final class LatestReadings {

    /// The name of the positions.
    static final String POSITIONS = "latest";

    /// The name of a step's own position, counted from 1, shape [steps, 1].
    static final String STEPS = "positions";

    private LatestReadings() {}

    /// Adds the positions: the maximum of the present ones that are not later than a step.
    ///
    /// @param missing shape [batch, steps, features]
    /// @return shape [batch, steps, features], counted from 1; 0 where there is none
    static String positions(OnnxGraph graph, String missing, int steps) {
        String there = graph.add("Not", "there", List.of(missing));
        String counted = graph.add("Cast", "counted", List.of(there), type(DataType.INT64));
        String positions = graph.longs(STEPS, LongStream.rangeClosed(1, steps).toArray(), steps, 1);
        String at = graph.add("Mul", "at", List.of(counted, positions));
        String axis = graph.longs("everyAxis", new long[] {1}, 1);
        String every = graph.add("Unsqueeze", "every", List.of(at, axis));
        String causal = graph.longs("causal", causal(steps), steps, steps, 1);
        String reachable = graph.add("Mul", "reachable", List.of(every, causal));
        return graph.add(
                "ReduceMax",
                POSITIONS,
                List.of(reachable),
                attribute("axes", new long[] {2}),
                attribute("keepdims", 0L));
    }

    /// Adds the target's latest reading.
    ///
    /// @param lookback shape [batch, steps, features]
    /// @return shape [batch, 1]
    static String ofTarget(OnnxGraph graph, String lookback, int steps) {
        String newest = graph.longs("newest", new long[] {steps - 1});
        String row = graph.add("Gather", "newestRow", List.of(lookback, newest), attribute("axis", 1L));
        String target = graph.longs("target", new long[] {0}, 1);
        return graph.add("Gather", "latestReading", List.of(row, target), attribute("axis", 1L));
    }

    /// Shape [steps][steps]: one where the column's step is not later than the row's.
    private static long[] causal(int steps) {
        long[] causal = new long[steps * steps];
        for (int step = 0; step < steps; step++) {
            Arrays.fill(causal, step * steps, step * steps + step + 1, 1);
        }
        return causal;
    }
}
