package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RidgeModelTest {

    private static final Instant MIDNIGHT = Instant.parse("2013-04-02T00:00:00Z");
    private static final FourierBasis DAY = new FourierBasis(List.of(new Season(Duration.ofHours(24), 1)));

    private final Scaler scaler = new Scaler(new double[] {10}, new double[] {4});

    /// The constant, cosine and sine of the hour, then the rows (8 − 10) / 4 and (16 − 10) / 4.
    @Test
    void addsTheWeightedTermsToTheLatestReading() {
        RidgeModel model = model(new double[][] {{1, 0}, {0.5, 0}, {0.25, 0}, {2, 1}, {0, 3}});

        double[] value = model.predict(rows(8, 16)).value();

        assertThat(value).containsExactly(new double[] {16 + 1 + 0.5 - 2 * 0.5, 16 - 0.5 + 3 * 1.5}, within(1e-12));
    }

    @Test
    void aMissingReadingRepeatsTheOneBefore() {
        double[][] weights = {{0, 0}, {0, 0}, {0, 0}, {2, 1}, {0, 3}};
        Lookback gap = new Lookback(new double[][] {{Double.NaN}, {16}}, MIDNIGHT);

        assertThat(model(weights).predict(gap).value()).containsExactly(new double[] {16, 16 + 4.5}, within(1e-12));
    }

    @Test
    void theIntervalsAreSymmetric() {
        Prediction prediction = model(new double[5][2]).predict(rows(8, 16));

        assertThat(prediction.lower()).containsExactly(14.5, 11);
        assertThat(prediction.upper()).containsExactly(17.5, 21);
    }

    @Test
    void refusesALookbackWithoutATime() {
        RidgeModel model = model(new double[5][2]);

        assertThat(model.needsTime()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new Lookback(new double[][] {{8}, {16}}, null)))
                .withMessage("Model 20130401T000000Z of noaa needs the time of the last row (origin), found none: "
                        + "a ridge model depends on it");
    }

    @Test
    void refusesWeightsOfOtherTerms() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(new double[4][2]))
                .withMessage("A ridge model of 1 features over 2 rows with 3 waves needs 5 weights and a scaler of as "
                        + "many features, found 4 and 1");
    }

    private RidgeModel model(double[][] weights) {
        return new RidgeModel(
                Models.card(RidgeModel.KIND, List.of("temperature"), 2, List.of(1, 6)),
                Duration.ofHours(1),
                scaler,
                DAY,
                weights,
                new double[] {1.5, 5});
    }

    private static Lookback rows(double first, double second) {
        return new Lookback(new double[][] {{first}, {second}}, MIDNIGHT);
    }
}
