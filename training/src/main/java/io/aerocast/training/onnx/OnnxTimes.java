package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.type;

import java.util.List;
import onnx.Onnx.TensorProto.DataType;

/// The times of a graph, computed from its input `origin`. Times and phases are integers, in milliseconds, so that
/// large epoch times lose no accuracy.
final class OnnxTimes {

    private final OnnxGraph graph;
    private final String origin;
    private final String originMillis;

    /// Adds the input.
    OnnxTimes(OnnxGraph graph) {
        this.graph = graph;
        this.origin = graph.input("origin", DataType.INT64);
        String axes = graph.longs("originAxes", new long[] {1, 2}, 2);
        String column = graph.add("Unsqueeze", "originColumn", List.of(origin, axes));
        String thousand = graph.longs("thousand", new long[] {1000});
        this.originMillis = graph.add("Mul", "originMillis", List.of(column, thousand));
    }

    /// Adds the times at some distances from the origin.
    ///
    /// @param name of the value
    /// @param offsets shape [times], in milliseconds
    /// @return milliseconds since 1970-01-01T00:00Z, shape [batch, times, 1]
    String at(String name, long[] offsets) {
        return graph.add(
                "Add", name, List.of(originMillis, graph.longs(name + ".offsets", offsets, offsets.length, 1)));
    }

    /// Adds cosine and sine of some phases, side by side; the cosine is the sine a quarter of a turn later.
    ///
    /// @param name of the value
    /// @param phase in milliseconds, shape [batch, times, phases]
    /// @param times number of times
    /// @param turn shape [phases], angle of one millisecond
    /// @return shape [batch, times, 2·phases]
    String waves(String name, String phase, int times, double[] turn) {
        String exact = graph.add("Cast", name + ".millis", List.of(phase), type(DataType.DOUBLE));
        String turns = graph.doubles(name + ".turn", turn, turn.length);
        String angle = graph.add("Mul", name + ".angle", List.of(exact, turns));
        String axis = graph.longs(name + ".axis", new long[] {3}, 1);
        String each = graph.add("Unsqueeze", name + ".each", List.of(angle, axis));
        String quarter = graph.doubles(name + ".quarter", new double[] {Math.PI / 2, 0}, 2);
        String shifted = graph.add("Add", name + ".shifted", List.of(each, quarter));
        String pairs = graph.add("Sin", name + ".pairs", List.of(shifted));
        String shape = graph.longs(name + ".shape", new long[] {0, times, 2L * turn.length}, 3);
        return graph.add("Reshape", name, List.of(pairs, shape));
    }

    /// Replaces a value where the origin is unknown.
    ///
    /// @param name of the value
    /// @param value shape [batch, …]
    /// @param dimensions of the value
    /// @param otherwise the value where the origin is [OnnxExport#UNKNOWN]
    String whereKnown(String name, String value, int dimensions, double otherwise) {
        long[] axes = new long[dimensions - 1];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = i + 1L;
        }
        String none = graph.longs(name + ".none", new long[] {OnnxExport.UNKNOWN});
        String unknown = graph.add("Equal", name + ".unknown", List.of(origin, none));
        String each = graph.add(
                "Unsqueeze", name + ".unknownEach", List.of(unknown, graph.longs(name + ".axes", axes, axes.length)));
        String other = graph.doubles(name + ".otherwise", new double[] {otherwise});
        return graph.add("Where", name, List.of(each, other, value));
    }
}
