package io.aerocast.training.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.LinearHead;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Scaler;
import io.aerocast.forecast.ShippedModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GruOnnxTest {

    private static final double TOLERANCE = 1e-5; // single precision inside

    private final OnnxOracle oracle = new OnnxOracle();

    static Stream<GruModel> models() {
        List<Duration> dayAndYear = List.of(Duration.ofHours(24), Duration.ofHours(8766));
        return Stream.of(
                model(1, 1, false, List.of()),
                model(1, 2, false, List.of()),
                model(1, 1, true, dayAndYear),
                model(3, 2, true, dayAndYear),
                (GruModel) ModelArtifact.read(
                        ShippedModels.find("noaa", "temperature", GruModel.KIND).orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void forecastsAsTheModelDoes(GruModel model) throws OrtException {
        oracle.assertEqual(model, TOLERANCE);
    }

    @Test
    void takesAWindowWithoutTimes() throws OrtException {
        GruModel model = model(2, 1, true, List.of(Duration.ofHours(24)));
        Lookback window = new Lookback(oracle.window(model.card()).rows(), null);

        OnnxOracle.assertEqual(model, List.of(window), TOLERANCE);
    }

    @Test
    void isNaNWithoutALatestReading() throws OrtException {
        GruModel model = model(1, 1, false, List.of());
        Lookback window = oracle.window(model.card());
        window.rows()[OnnxOracle.STEPS - 1][0] = Double.NaN;

        assertThat(OnnxOracle.run(model, List.of(window)).get("forecast")[0]).containsOnly(Double.NaN);
    }

    static GruModel model(int members, int layers, boolean changes, List<Duration> cycles) {
        Random weights = new Random(29);
        InputEncoder encoder = new InputEncoder(
                new Scaler(OnnxOracle.MEAN, OnnxOracle.DEVIATION),
                changes ? new double[] {1, 1.5, 0.5} : new double[0],
                cycles,
                Duration.ofHours(1));
        List<GruMember> ensemble = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            ensemble.add(member(weights, encoder.inputs(), layers));
        }
        return new GruModel(
                OnnxOracle.card(GruModel.KIND), encoder, ensemble, new double[] {1, 3, 4}, new double[] {1.5, 4, 6});
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
