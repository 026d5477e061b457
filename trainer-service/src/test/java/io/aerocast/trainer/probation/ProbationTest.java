package io.aerocast.trainer.probation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.probation.ReverseTest.NotWorse;
import io.aerocast.trainer.probation.ReverseTest.Worse;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Hourly values of an autoregressive process of order 1 (coefficient 0.95, standard deviation 4.8 around 20),
/// forecast by models that know the process with more or less error.
class ProbationTest {

    private static final Instant PROMOTED = Instant.parse("2026-01-15T00:00:00Z");
    private static final Pipeline PIPELINE = new Pipeline(
            "lab",
            List.of(new Feature("temperature", "°C", "temp", -60, 80, null)),
            Duration.ofHours(1),
            2,
            List.of(1, 6, 24),
            List.of());
    private static final int BEFORE = 14 * 24;
    private static final int PERIOD = 14 * 24;
    private static final int STEP = 24;
    private static final int SERIES = 20;
    private static final double COEFFICIENT = 0.95;

    private final ReverseTest test = new ReverseTest(TrainingSettings.defaults().judge());

    /// Forecasts the conditional mean for a coefficient, shifted.
    private record Model(String version, double coefficient, double shift) implements Predictor {

        @Override
        public ModelCard card() {
            Instant trained = PROMOTED.minus(Duration.ofDays(2));
            return new ModelCard(
                    "lab",
                    "gru",
                    version,
                    List.of("temperature"),
                    2,
                    PIPELINE.horizons(),
                    trained,
                    trained,
                    trained,
                    1,
                    "00",
                    1,
                    Map.of(),
                    Map.of(),
                    "",
                    "",
                    "",
                    null);
        }

        @Override
        public Prediction predict(Lookback lookback) {
            double[] value = PIPELINE.horizons().stream()
                    .mapToDouble(h -> shift + 20 + Math.pow(coefficient, h) * (lookback.persistence() - 20))
                    .toArray();
            double[] lower = IntStream.range(0, value.length)
                    .mapToDouble(h -> value[h] - 8)
                    .toArray();
            double[] upper = IntStream.range(0, value.length)
                    .mapToDouble(h -> value[h] + 8)
                    .toArray();
            return new Prediction(value, lower, upper);
        }
    }

    @Test
    void aModelThatIsForcedPastTheGateIsFoundWithinFourDays() {
        Model former = new Model("former", COEFFICIENT, 0);
        Model worse = new Model("worse", COEFFICIENT, 4);

        List<OptionalInt> found = IntStream.range(0, SERIES)
                .mapToObj(seed -> foundAfter(worse, former, seed))
                .toList();

        assertThat(found)
                .allSatisfy(
                        gridTimes -> assertThat(gridTimes.orElse(PERIOD + 1)).isLessThanOrEqualTo(96));
    }

    @Test
    void aBetterModelIsNeverRolledBack() {
        Model former = new Model("former", COEFFICIENT, 4);
        Model better = new Model("better", COEFFICIENT, 0);

        assertThat(IntStream.range(0, SERIES).mapToObj(seed -> foundAfter(better, former, seed)))
                .allMatch(OptionalInt::isEmpty);
    }

    @Test
    void anEqualModelIsHardlyEverRolledBack() {
        Model former = new Model("former", COEFFICIENT, 0.2);
        Model equal = new Model("equal", COEFFICIENT, -0.2);

        assertThat(IntStream.range(0, SERIES).mapToObj(seed -> foundAfter(equal, former, seed)))
                .filteredOn(OptionalInt::isPresent)
                .hasSizeLessThanOrEqualTo(1);
    }

    /// The number of grid times after which the serving model is rolled back.
    private OptionalInt foundAfter(Predictor serving, Predictor former, int seed) {
        List<Sample> samples = samples(seed);
        return IntStream.iterate(STEP, hours -> hours <= PERIOD, hours -> hours + STEP)
                .filter(hours -> isWorse(serving, former, samples, hours))
                .findFirst();
    }

    private boolean isWorse(Predictor serving, Predictor former, List<Sample> samples, int hours) {
        // What has landed by then.
        Instant until = PROMOTED.plus(Duration.ofHours(hours));
        return switch (test.compare(PIPELINE, samples, serving, former, PROMOTED, PROMOTED, until)) {
            case Worse _ -> true;
            case NotWorse _ -> false;
        };
    }

    private static List<Sample> samples(int seed) {
        Random random = new Random(seed);
        SampleCutter cutter = new SampleCutter(PIPELINE);
        double value = 20;
        for (int hour = -BEFORE; hour <= PERIOD + 24; hour++) {
            value = 20 + COEFFICIENT * (value - 20) + 1.5 * random.nextGaussian();
            Instant time = PROMOTED.plus(Duration.ofHours(hour));
            cutter.add(new Observation("lab", "station", time, Map.of("temperature", value)));
        }
        return cutter.samples();
    }
}
