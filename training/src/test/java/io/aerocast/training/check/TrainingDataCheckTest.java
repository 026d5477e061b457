package io.aerocast.training.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aerocast.forecast.Lookback;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingDataCheckTest {

    private final Pipeline pipeline = new Pipeline(
            "noaa",
            List.of(
                    new Feature("temperature", "°C", "temp", -60, 60),
                    new Feature("wind_speed", "m/s", "wind", 0, 80),
                    new Feature("pressure", "hPa", "pressure", 870, 1085)),
            Duration.ofHours(1),
            2,
            List.of(1),
            List.of());

    @Test
    void acceptsDataThatMove() {
        assertThat(TrainingDataCheck.refusal(data(Math::sin, Math::cos, i -> 1000 + i)))
                .isEmpty();
    }

    @Test
    void refusesACalmWindow() {
        assertThat(TrainingDataCheck.refusal(data(_ -> 21.5, Math::cos, i -> 1000 + i)))
                .hasValue(
                        "the window is too calm: temperature moved by more than 0.120 °C in 0 of 100 samples, a model fitted to it would forecast a flat line");
        assertThat(TrainingDataCheck.refusal(data(i -> i == 50 ? 22 : 21.5, Math::cos, i -> 1000 + i)))
                .isEmpty(); // two of a hundred: there and back
    }

    @Test
    void takesASensorsNoiseForCalm() {
        Random random = new Random(5);
        double[] noise = random.doubles(200, -0.02, 0.02).toArray();

        assertThat(TrainingDataCheck.refusal(data(i -> 21.5 + noise[i], Math::cos, i -> 1000 + i)))
                .hasValueSatisfying(cause -> assertThat(cause)
                        .contains("too calm: temperature moved by more than 0.120 °C in 0 of 100 samples"));
        assertThat(TrainingDataCheck.refusal(data(i -> 21.5 + 10 * noise[i], Math::cos, i -> 1000 + i)))
                .isEmpty();
    }

    @Test
    void reportsAConstantFeature() {
        Dataset data = data(Math::sin, _ -> 0, i -> 1000 + i);

        assertThat(TrainingDataCheck.refusal(data)).isEmpty();
        assertThat(TrainingDataCheck.silentFeatures(data))
                .containsExactly("feature wind_speed is constant: 0.0 m/s in all of 100 windows");
    }

    @Test
    void reportsAFeatureWithoutReadings() {
        Dataset data = data(Math::sin, Math::cos, _ -> Double.NaN);

        assertThat(TrainingDataCheck.refusal(data)).isEmpty();
        assertThat(TrainingDataCheck.silentFeatures(data))
                .containsExactly("feature pressure has no reading in any of 100 windows");
    }

    @Test
    void oneFeatureDataAreNoDataOfAPipelineOfThree() {
        Sample one = new Sample(new Lookback(new double[][] {{20}, {21}}, null), new double[] {22});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.of(pipeline, List.of(one)))
                .withMessage(
                        "A dataset of pipeline noaa needs windows of 3 feature(s) [temperature, wind_speed, pressure], found 1");
    }

    private Dataset data(IntToDoubleFunction temperature, IntToDoubleFunction wind, IntToDoubleFunction pressure) {
        List<Sample> samples = IntStream.range(0, 100)
                .mapToObj(i -> {
                    double[][] rows = {
                        {temperature.applyAsDouble(i), wind.applyAsDouble(i), pressure.applyAsDouble(i)},
                        {temperature.applyAsDouble(i + 1), wind.applyAsDouble(i + 1), pressure.applyAsDouble(i + 1)}
                    };
                    return new Sample(new Lookback(rows, null), new double[] {temperature.applyAsDouble(i + 2)});
                })
                .toList();
        return Dataset.of(pipeline, samples);
    }
}
