package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.attribute;

import io.aerocast.forecast.Scaler;
import java.util.List;

/// The standardised readings of a [Scaler] in a graph.
final class OnnxScaler {

    private OnnxScaler() {}

    /// Adds the standardised readings. A missing reading repeats the one before it; position 0 is the mean,
    /// before the first step.
    ///
    /// @param lookback shape [batch, steps, features]
    /// @return the same shape
    static String standardised(OnnxGraph graph, Scaler scaler, String lookback, int steps) {
        int features = scaler.features();
        String mean = graph.doubles("mean", scaler.mean(), features);
        String deviation = graph.doubles("deviation", scaler.deviation(), features);
        String centred = graph.add("Sub", "centred", List.of(lookback, mean));
        String scaled = graph.add("Div", "scaled", List.of(centred, deviation));
        String missing = graph.add("IsNaN", "missing", List.of(lookback));
        String zero = graph.doubles("zero", new double[] {0});
        String known = graph.add("Where", "known", List.of(missing, zero, scaled));
        String latest = LatestReadings.positions(graph, missing, steps);
        String before = graph.longs("before", new long[] {0, 1, 0, 0, 0, 0}, 6); // one more step before the first
        String padded = graph.add("Pad", "padded", List.of(known, before));
        return graph.add("GatherElements", "standardised", List.of(padded, latest), attribute("axis", 1L));
    }
}
