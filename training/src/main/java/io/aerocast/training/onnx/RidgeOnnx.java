package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.attribute;

import io.aerocast.forecast.RidgeModel;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;

/// The graph of a [RidgeModel], in double precision. Without an origin the outputs are `NaN`.
final class RidgeOnnx {

    private RidgeOnnx() {}

    /// Adds the inputs and all operators up to the forecast.
    ///
    /// @return the forecast, shape [batch, horizons]
    static String add(RidgeModel model, OnnxGraph graph) {
        int steps = model.card().lookback();
        int features = model.card().features().size();
        int horizons = model.card().horizons().size();
        String lookback = graph.input("lookback", DataType.DOUBLE, steps, features);
        OnnxTimes times = new OnnxTimes(graph);
        String terms = graph.add(
                "Concat",
                "terms",
                List.of(waves(model, graph, times), readings(model, graph, lookback)),
                attribute("axis", 1L));
        double[] flat =
                Arrays.stream(model.weights()).flatMapToDouble(Arrays::stream).toArray();
        String weights = graph.doubles("weights", flat, flat.length / horizons, horizons);
        String change = graph.add("MatMul", "change", List.of(terms, weights));
        String latest = LatestReadings.ofTarget(graph, lookback, steps);
        String timed = graph.add("Add", "timedForecast", List.of(latest, change));
        return times.whereKnown("forecast", timed, 2, Double.NaN);
    }

    /// Shape [batch, waves].
    private static String waves(RidgeModel model, OnnxGraph graph, OnnxTimes times) {
        String origin = times.at("originTime", new long[] {0});
        String waves = new OnnxBasis(graph, times).add("wave", model.basis(), origin, 1);
        String flat = graph.longs("wave.flat", new long[] {0, model.basis().size()}, 2);
        return graph.add("Reshape", "wavesAtOrigin", List.of(waves, flat));
    }

    /// Shape [batch, steps·features].
    private static String readings(RidgeModel model, OnnxGraph graph, String lookback) {
        int steps = model.card().lookback();
        String standardised = OnnxScaler.standardised(graph, model.scaler(), lookback, steps);
        String flat = graph.longs(
                "readings.flat", new long[] {0, (long) steps * model.scaler().features()}, 2);
        return graph.add("Reshape", "readings", List.of(standardised, flat));
    }
}
