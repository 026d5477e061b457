package io.aerocast.training.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.RidgeModel;
import io.aerocast.forecast.Scaler;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeOnnxTest {

    private final OnnxOracle oracle = new OnnxOracle();

    @Test
    void forecastsAsTheModelDoes() throws OrtException {
        oracle.assertEqual(model(), 1e-9);
    }

    @Test
    void forecastsWithoutSeasonsAsTheModelDoes() throws OrtException {
        oracle.assertEqual(model(new FourierBasis(List.of())), 1e-9);
    }

    @Test
    void isNaNWithoutTheTime() throws OrtException {
        Lookback timeless = new Lookback(oracle.window(model().card()).rows(), null);

        OnnxOracle.run(model(), List.of(timeless, oracle.window(model().card())))
                .forEach((name, found) -> {
                    assertThat(found[0]).as(name).containsOnly(Double.NaN);
                    assertThat(found[1]).as(name).doesNotContain(Double.NaN);
                });
    }

    static RidgeModel model() {
        return model(
                new FourierBasis(List.of(new Season(Duration.ofDays(1), 2), new Season(Duration.ofHours(8766), 1))));
    }

    private static RidgeModel model(FourierBasis basis) {
        Random random = new Random(37);
        double[][] weights = new double[basis.size() + OnnxOracle.STEPS * 3][];
        Arrays.setAll(weights, _ -> random.doubles(3, -1, 1).toArray());
        return new RidgeModel(
                OnnxOracle.card(RidgeModel.KIND),
                Duration.ofHours(1),
                new Scaler(OnnxOracle.MEAN, OnnxOracle.DEVIATION),
                basis,
                weights,
                new double[] {1.5, 4, 6});
    }
}
