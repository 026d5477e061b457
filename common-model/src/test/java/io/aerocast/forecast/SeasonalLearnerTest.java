package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeasonalLearnerTest {

    /// The end of the card's training data.
    private static final Instant START = Instant.parse("2013-03-31T23:00:00Z");

    private final SeasonalModel model = untaught();

    /// The next value of a sine follows from its latest change and the one before.
    @Test
    void learnsDynamicsThatTheFitDoesNotKnow() {
        double[] values = new double[400];
        Arrays.setAll(values, hour -> 10 * Math.sin(2 * Math.PI * hour / 40));
        StationForecaster learner = model.forStation();
        error(learner, values, 3, 300);

        assertThat(error(learner, values, 300, 390)).isLessThan(0.2 * error(model::predict, values, 300, 390));
    }

    @Test
    void doesNotChangeTheModel() {
        double[] values = ramp(50);
        Prediction before = model.predict(at(values, 40));

        StationForecaster learner = model.forStation();
        for (int hour = 3; hour < 40; hour++) {
            learner.predict(at(values, hour));
        }

        assertThat(model.predict(at(values, 40)).value()).isEqualTo(before.value());
        assertThat(learner.predict(at(values, 40)).value()).isNotEqualTo(before.value());
    }

    /// The sample of hour 3 is complete at hour 9, with the observed value 6 hours ahead.
    @Test
    void learnsASampleOnceItsLastTargetHasBeenObserved() {
        double[] values = ramp(50);
        StationForecaster learner = model.forStation();
        for (int hour = 3; hour <= 8; hour++) {
            assertThat(learner.predict(at(values, hour)).value())
                    .isEqualTo(model.predict(at(values, hour)).value());
        }

        assertThat(learner.predict(at(values, 9)).value())
                .isNotEqualTo(model.predict(at(values, 9)).value());
    }

    @Test
    void doesNotLearnTheTrainingDataAgain() {
        double[] values = ramp(50);
        StationForecaster learner = model.forStation();
        for (int hour = -45; hour <= 6; hour++) {
            Lookback old = new Lookback(at(values, 40).rows(), START.plus(Duration.ofHours(hour)));
            assertThat(learner.predict(old).value())
                    .isEqualTo(model.predict(old).value());
        }
    }

    @Test
    void doesNotLearnFromARepeatedOrigin() {
        double[] values = ramp(60);
        StationForecaster once = model.forStation();
        StationForecaster twice = model.forStation();
        for (int hour = 3; hour < 40; hour++) {
            once.predict(at(values, hour));
            twice.predict(at(values, hour));
            twice.predict(at(values, hour));
            twice.predict(at(values, Math.max(3, hour - 2)));
        }

        assertThat(twice.predict(at(values, 40)).value())
                .isEqualTo(once.predict(at(values, 40)).value());
    }

    @Test
    void survivesAGapInTheStream() {
        double[] values = ramp(500);
        StationForecaster learner = model.forStation();
        for (int hour = 3; hour < 490; hour += hour == 40 ? 400 : 1) {
            learner.predict(at(values, hour));
        }

        assertThat(learner.predict(at(values, 490)).value()).containsExactly(new double[] {491, 496}, within(0.5));
    }

    /// Hours 4 and 9, the targets of the sample of hour 3, are missing.
    @Test
    void dropsASampleWithoutAnObservedTarget() {
        double[] values = ramp(50);
        Autoregression learnt = zeroWeights();
        StationForecaster learner = new SeasonalLearner(model, learnt);

        learner.predict(at(values, 3));
        learner.predict(at(values, 40));

        assertThat(learnt.information().packed())
                .isEqualTo(zeroWeights().information().packed());
    }

    private static double error(StationForecaster forecaster, double[] values, int from, int to) {
        double squares = 0;
        for (int hour = from; hour < to; hour++) {
            double error = forecaster.predict(at(values, hour)).value()[0] - values[hour + 1];
            squares += error * error;
        }
        return Math.sqrt(squares / (to - from));
    }

    private static double[] ramp(int length) {
        double[] values = new double[length];
        Arrays.setAll(values, hour -> hour);
        return values;
    }

    private static Lookback at(double[] values, int hour) {
        double[][] rows = new double[3][];
        for (int step = 0; step < 3; step++) {
            rows[step] = new double[] {values[hour - 2 + step], 1013};
        }
        return new Lookback(rows, START.plus(Duration.ofHours(hour)));
    }

    /// Forecasts persistence until it has learned.
    static SeasonalModel untaught() {
        AnomalyTerms terms =
                new AnomalyTerms(Duration.ofHours(1), new FourierBasis(List.of()), 2, false, List.of(0), 2);
        return new SeasonalModel(
                Models.card(SeasonalModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                new SeasonalMean(new FourierBasis(List.of()), null, List.of(new double[] {5}, new double[] {1013})),
                terms,
                zeroWeights(),
                0.999,
                new double[] {1, 2});
    }

    private static Autoregression zeroWeights() {
        return new Autoregression(
                new double[4][2],
                Cholesky.of(new double[][] {{1}, {0, 1}, {0, 0, 1}, {0, 0, 0, 1}}),
                new double[] {1, 1, 1, 1},
                new double[] {100, 100});
    }
}
