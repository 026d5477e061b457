package io.aerocast.training.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Runs exported graphs with ONNX Runtime, which is independent of AeroCast.
final class OnnxOracle {

    static final List<String> FEATURES = List.of("temperature", "wind_speed", "pressure");
    static final double[] MEAN = {12, 4, 1013};
    static final double[] DEVIATION = {9, 2.5, 8};
    static final int STEPS = 24;
    static final List<Integer> HORIZONS = List.of(1, 6, 24);

    private static final int WINDOWS = 1000;

    private final Random random = new Random(17);

    static ModelCard card(String kind) {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        return new ModelCard(
                "noaa", kind, "v1", FEATURES, STEPS, HORIZONS, time, time, time, 100, "00ff", 1, Map.of(), Map.of(),
                "0.1.0", "25", "linux", null);
    }

    /// Asserts that graph and model forecast random windows alike.
    void assertEqual(ForecastModel model, double tolerance) throws OrtException {
        assertEqual(
                model,
                IntStream.range(0, WINDOWS).mapToObj(_ -> window(model.card())).toList(),
                tolerance);
    }

    static void assertEqual(ForecastModel model, List<Lookback> windows, double tolerance) throws OrtException {
        Map<String, double[][]> found = run(model, windows);
        for (int i = 0; i < windows.size(); i++) {
            Prediction expected = model.predict(windows.get(i));
            assertThat(found.get("forecast")[i]).containsExactly(expected.value(), within(tolerance));
            assertThat(found.get("lower")[i]).containsExactly(expected.lower(), within(tolerance));
            assertThat(found.get("upper")[i]).containsExactly(expected.upper(), within(tolerance));
        }
    }

    /// A window with one reading in ten missing, but not the latest of the target.
    Lookback window(ModelCard card) {
        double[][] rows = new double[card.lookback()][card.features().size()];
        for (double[] row : rows) {
            for (int f = 0; f < row.length; f++) {
                row[f] = random.nextInt(10) == 0 ? Double.NaN : MEAN[f] + DEVIATION[f] * random.nextGaussian();
            }
        }
        rows[rows.length - 1][0] = MEAN[0] + DEVIATION[0] * random.nextGaussian();
        long origin = random.nextLong(
                Instant.parse("1950-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("2100-01-01T00:00:00Z").getEpochSecond());
        return new Lookback(rows, Instant.ofEpochSecond(origin));
    }

    /// Outputs of the graph for some windows, by name: shape [windows][horizons].
    static Map<String, double[][]> run(ForecastModel model, List<Lookback> windows) throws OrtException {
        double[][][] rows = windows.stream()
                .map(window -> newest(window, model.card().lookback()))
                .toArray(double[][][]::new);
        long[] origins = windows.stream()
                .mapToLong(window -> window.origin() == null
                        ? OnnxExport.UNKNOWN
                        : window.origin().getEpochSecond())
                .toArray();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = session(model);
                OnnxTensor lookback = OnnxTensor.createTensor(environment, rows);
                OnnxTensor origin = OnnxTensor.createTensor(environment, origins)) {
            Map<String, OnnxTensor> inputs = new HashMap<>(Map.of("lookback", lookback));
            if (session.getInputNames().contains("origin")) {
                inputs.put("origin", origin);
            }
            Map<String, double[][]> outputs = new HashMap<>();
            try (OrtSession.Result result = session.run(inputs)) {
                for (String name : session.getOutputNames()) {
                    outputs.put(
                            name, (double[][]) result.get(name).orElseThrow().getValue());
                }
            }
            return outputs;
        }
    }

    static OrtSession session(ForecastModel model) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(OnnxExport.write(model));
    }

    private static double[][] newest(Lookback window, int steps) {
        double[][] rows = new double[steps][];
        System.arraycopy(window.rows(), window.steps() - steps, rows, 0, steps);
        return rows;
    }
}
