package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeasonalModelTest {

    private final SeasonalModel model = Models.seasonal();

    /// At noon the mean is 10 − 5 = 5, so 13 °C is 8 above it; half of that is left at 13:00, none at 18:00.
    @Test
    void carriesAnAnomalyForward() {
        Prediction prediction = model.predict(Models.lookback());

        double thirteen = 10 + 5 * Math.cos(2 * Math.PI * 13 / 24);
        assertThat(prediction.value()).containsExactly(new double[] {thirteen + 4, 10}, within(1e-12));
        assertThat(prediction.lower()).containsExactly(new double[] {thirteen + 3, 8}, within(1e-12));
        assertThat(prediction.upper()).containsExactly(new double[] {thirteen + 5, 12}, within(1e-12));
    }

    @Test
    void needsTheTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new Lookback(Models.lookback().rows(), null)))
                .withMessage("Model 20130401T000000Z of noaa needs the time of the last row (origin), found none:"
                        + " a seasonal model depends on it");
    }

    @Test
    void refusesALookbackThatIsTooShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new Lookback(new double[][] {{1, 2}}, Instant.EPOCH)))
                .withMessage("Model 20130401T000000Z of noaa needs at least 3 rows, found 1");
    }

    @Test
    void theBasisHoldsEverySeasonAndTheProductsOfEveryTwo() {
        FourierBasis basis =
                new FourierBasis(List.of(new Season(Duration.ofHours(24), 4), new Season(Duration.ofHours(8766), 3)));

        assertThat(basis.size()).isEqualTo(1 + 8 + 6 + 8 * 6);
        double[] atEpoch = basis.at(Instant.EPOCH); // every cosine is 1 and every sine 0
        assertThat(atEpoch).hasSize(basis.size()).containsOnly(0, 1);
        assertThat(atEpoch[0]).isEqualTo(1);
        assertThat(Arrays.stream(atEpoch).sum()).isEqualTo(1 + 4 + 3 + 4 * 3);
    }

    @Test
    void theBasisRepeatsWithItsSeasonAlsoBefore1970() {
        FourierBasis basis = new FourierBasis(List.of(new Season(Duration.ofHours(24), 2)));
        Instant before = Instant.parse("1969-12-30T05:00:00Z");

        assertThat(basis.at(before)).containsExactly(basis.at(before.plus(Duration.ofDays(20000))));
    }
}
