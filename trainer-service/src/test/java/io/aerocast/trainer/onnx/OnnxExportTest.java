package io.aerocast.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.LinearHead;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Scaler;
import io.aerocast.forecast.ShippedModels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads the exported graph with ONNX Runtime, which knows nothing of AeroCast.
class OnnxExportTest {

    private static final int STEPS = 24;
    private static final int WINDOWS = 1000;
    private static final double TOLERANCE = 1e-5;
    private static final double[] MEAN = {12, 4, 1013};
    private static final double[] DEVIATION = {9, 2.5, 8};

    private final Random random = new Random(17);

    static Stream<GruModel> models() {
        List<Duration> dayAndYear = List.of(Duration.ofHours(24), Duration.ofHours(8766));
        return Stream.of(
                model(1, 1, false, List.of()),
                model(1, 2, false, List.of()),
                model(1, 1, true, dayAndYear),
                model(3, 2, true, dayAndYear),
                (GruModel) ModelArtifact.read(
                        ShippedModels.find("noaa", GruModel.KIND).orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void forecastsAsTheModelDoes(GruModel model) throws OrtException {
        List<Lookback> windows =
                IntStream.range(0, WINDOWS).mapToObj(_ -> window(model.card())).toList();

        Map<String, double[][]> found = run(model, windows);

        for (int i = 0; i < WINDOWS; i++) {
            Prediction expected = model.predict(windows.get(i));
            assertThat(found.get("forecast")[i]).containsExactly(expected.value(), within(TOLERANCE));
            assertThat(found.get("lower")[i]).containsExactly(expected.lower(), within(TOLERANCE));
            assertThat(found.get("upper")[i]).containsExactly(expected.upper(), within(TOLERANCE));
        }
    }

    @Test
    void takesAWindowWithoutTimes() throws OrtException {
        GruModel model = model(2, 1, true, List.of(Duration.ofHours(24)));
        Lookback window = new Lookback(window(model.card()).rows(), null);

        double[][] found = run(model, List.of(window)).get("forecast");

        assertThat(found[0]).containsExactly(model.predict(window).value(), within(TOLERANCE));
    }

    @Test
    void saysNothingWithoutALatestReading() throws OrtException {
        GruModel model = model(1, 1, false, List.of());
        Lookback window = window(model.card());
        window.rows()[STEPS - 1][0] = Double.NaN;

        assertThat(run(model, List.of(window)).get("forecast")[0]).containsOnly(Double.NaN);
    }

    @Test
    void tellsItsInputsItsOutputsAndItsOrigin() throws OrtException {
        GruModel model = model(1, 1, true, List.of(Duration.ofHours(24)));

        try (OrtSession session = session(model)) {
            assertThat(shape(session.getInputInfo().get("lookback").getInfo())).containsExactly(-1, STEPS, 3);
            assertThat(shape(session.getInputInfo().get("origin").getInfo())).containsExactly(-1);
            assertThat(session.getOutputNames()).containsExactly("forecast", "lower", "upper");
            assertThat(shape(session.getOutputInfo().get("forecast").getInfo())).containsExactly(-1, 3);
            assertThat(session.getMetadata().getProducerName()).isEqualTo("AeroCast");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("pipeline", "noaa")
                    .containsEntry("version", "v1")
                    .containsEntry("features", "temperature,wind_speed,pressure")
                    .containsEntry("horizons", "1,6,24")
                    .containsEntry("cadence", "PT1H");
        }
    }

    @Test
    void theSignatureIsTheGraphs() {
        GruModel timed = model(1, 1, true, List.of(Duration.ofHours(24)));

        OnnxSignature signature = OnnxSignature.of(OnnxExport.write(timed));

        assertThat(signature.inputs())
                .containsExactly(
                        new OnnxSignature.Field("lookback", "float64", List.of(-1L, (long) STEPS, 3L)),
                        new OnnxSignature.Field("origin", "int64", List.of(-1L)));
        assertThat(signature.outputs())
                .containsExactly(
                        new OnnxSignature.Field("forecast", "float64", List.of(-1L, 3L)),
                        new OnnxSignature.Field("lower", "float64", List.of(-1L, 3L)),
                        new OnnxSignature.Field("upper", "float64", List.of(-1L, 3L)));
    }

    @Test
    void noOnnxHasNoSignature() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxSignature.of("no model".getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("Cannot read an ONNX model: ");
    }

    @Test
    void refusesAnUnknownKind() {
        ForecastModel other = new ForecastModel() {

            @Override
            public ModelCard card() {
                return model(1, 1, false, List.of()).card();
            }

            @Override
            public Prediction predict(Lookback lookback) {
                throw new UnsupportedOperationException();
            }
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExport.write(other))
                .withMessageMatching("Cannot write a model of .+ as ONNX \\(supported: gru.*\\)");
    }

    @Test
    void equalModelsGiveEqualBytes() {
        List<Duration> day = List.of(Duration.ofHours(24));

        assertThat(OnnxExport.write(model(2, 2, true, day))).isEqualTo(OnnxExport.write(model(2, 2, true, day)));
    }

    private static Map<String, double[][]> run(GruModel model, List<Lookback> windows) throws OrtException {
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

    private static OrtSession session(GruModel model) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(OnnxExport.write(model));
    }

    private static double[][] newest(Lookback window, int steps) {
        double[][] rows = new double[steps][];
        System.arraycopy(window.rows(), window.steps() - steps, rows, 0, steps);
        return rows;
    }

    private static long[] shape(ai.onnxruntime.ValueInfo info) {
        return ((TensorInfo) info).getShape();
    }

    /// A window in which one reading of ten is missing, but not the target's latest.
    private Lookback window(ModelCard card) {
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

    private static GruModel model(int members, int layers, boolean changes, List<Duration> cycles) {
        Random weights = new Random(29);
        InputEncoder encoder = new InputEncoder(
                new Scaler(MEAN, DEVIATION),
                changes ? new double[] {1, 1.5, 0.5} : new double[0],
                cycles,
                Duration.ofHours(1));
        List<GruMember> ensemble = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            ensemble.add(member(weights, encoder.inputs(), layers));
        }
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        ModelCard card = new ModelCard(
                "noaa",
                GruModel.KIND,
                "v1",
                List.of("temperature", "wind_speed", "pressure"),
                STEPS,
                List.of(1, 6, 24),
                time,
                time,
                time,
                100,
                "00ff",
                1,
                Map.of(),
                Map.of(),
                "0.1.0",
                "25",
                "linux",
                null);
        return new GruModel(card, encoder, ensemble, new double[] {1, 3, 4}, new double[] {1.5, 4, 6});
    }

    private static GruMember member(Random weights, int inputs, int layers) {
        int hidden = 16;
        List<GruKernel> kernels = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            int width = layer == 0 ? inputs : hidden;
            kernels.add(new GruKernel(
                    width,
                    hidden,
                    numbers(weights, width * 3 * hidden),
                    numbers(weights, hidden * 3 * hidden),
                    numbers(weights, 3 * hidden),
                    numbers(weights, 3 * hidden)));
        }
        return new GruMember(kernels, new LinearHead(hidden, 3, numbers(weights, hidden * 3), numbers(weights, 3)));
    }

    private static double[] numbers(Random random, int length) {
        return random.doubles(length, -0.4, 0.4).toArray();
    }
}
