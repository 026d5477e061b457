package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GruModelTest {

    private static final Instant ORIGIN = Instant.parse("2013-04-02T12:00:00Z");

    private final GruModel model = Models.gru();

    @Test
    void forecastsTheChangeFromTheLatestReadingAsTheMeanOfItsMembers() {
        GruModel still = new GruModel(
                model.card(),
                Models.plain(0, 1, 0, 1),
                List.of(still(0.5, -1), still(1.5, -3)),
                new double[] {2, 3},
                new double[] {1, 4});

        Prediction prediction = still.predict(Models.lookback());

        assertThat(prediction.value()).containsExactly(13 + 2 * 1.0, 13 - 3 * 2.0);
        assertThat(prediction.lower()).containsExactly(14, 3);
        assertThat(prediction.upper()).containsExactly(16, 11);
    }

    @Test
    void seesOnlyTheNewestRows() {
        Lookback lookback = Models.lookback();
        double[][] longer = {{-40, 900}, lookback.rows()[0], lookback.rows()[1], lookback.rows()[2]};

        assertThat(model.predict(new Lookback(longer, ORIGIN)).value())
                .containsExactly(model.predict(lookback).value());
    }

    @Test
    void needsNoTimes() {
        assertThat(model.predict(new Lookback(Models.lookback().rows(), null)).value())
                .containsExactly(model.predict(Models.lookback()).value());
    }

    @Test
    void repeatsTheReadingBeforeAMissingOne() {
        double[][] filled = {{11, 1012}, {12.5, 1012}, {13, 1009}};

        assertThat(model.predict(Models.lookback()).value())
                .containsExactly(model.predict(new Lookback(filled, ORIGIN)).value());
    }

    @Test
    void takesTheMeanWhereNoReadingCameBefore() {
        double[][] missing = {{Double.NaN, 1012}, {12.5, 1012}, {13, 1009}};
        double[][] mean = {{10, 1012}, {12.5, 1012}, {13, 1009}};

        assertThat(model.predict(new Lookback(missing, ORIGIN)).value())
                .containsExactly(model.predict(new Lookback(mean, ORIGIN)).value());
    }

    @Test
    void dependsOnItsInputs() {
        double[][] other = {{11, 1012}, {12.5, 1012}, {13, 1000}};

        assertThat(model.predict(new Lookback(other, ORIGIN)).value())
                .isNotEqualTo(model.predict(Models.lookback()).value());
    }

    @Test
    void refusesTooFewRows() {
        assertRefuses(
                new double[][] {{11, 1012}, {12, 1012}},
                "Model 20130401T000000Z of noaa needs at least 3 rows, found 2");
    }

    @Test
    void refusesAnotherNumberOfFeatures() {
        assertRefuses(
                new double[][] {{11}, {12}, {13}},
                "Model 20130401T000000Z of noaa needs rows of 2 features [temperature, pressure], found 1");
    }

    @Test
    void refusesAnInfiniteReading() {
        assertRefuses(
                new double[][] {{11, 1012}, {12, Double.POSITIVE_INFINITY}, {13, 1012}},
                "Model 20130401T000000Z of noaa needs finite readings, found Infinity for pressure in row 1");
    }

    @Test
    void refusesAMissingLatestTarget() {
        assertRefuses(
                new double[][] {{11, 1012}, {12, 1012}, {Double.NaN, 1012}},
                "Model 20130401T000000Z of noaa needs a reading of temperature in the last row, found none");
    }

    @Test
    void refusesPartsThatDoNotFitTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GruModel(
                        model.card(),
                        Models.plain(0, 1, 0, 1),
                        List.of(new GruMember(
                                List.of(new GruKernel(
                                        3, 1, new double[9], new double[3], new double[3], new double[3])),
                                new LinearHead(1, 2, new double[2], new double[2]))),
                        new double[2],
                        new double[2]))
                .withMessage("A gru model does not fit together: a layer's inputs must be 2, found 3");
    }

    @Test
    void dependsOnTheTimeOnlyWhereItHasCycles() {
        GruModel timed = Models.ensemble();
        Lookback noon = Models.lookback();
        Lookback evening = new Lookback(noon.rows(), ORIGIN.plus(Duration.ofHours(6)));
        Lookback anotherNoon = new Lookback(noon.rows(), ORIGIN.plus(Duration.ofDays(200)));

        assertThat(timed.predict(evening).value())
                .isNotEqualTo(timed.predict(noon).value());
        assertThat(timed.predict(anotherNoon).value())
                .containsExactly(timed.predict(noon).value());
        assertThat(timed.predict(new Lookback(noon.rows(), null)).value()).doesNotContain(Double.NaN);
    }

    private static GruMember still(double... bias) {
        return new GruMember(
                List.of(new GruKernel(2, 1, new double[6], new double[3], new double[3], new double[3])),
                new LinearHead(1, 2, new double[2], bias));
    }

    private void assertRefuses(double[][] rows, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(new Lookback(rows, ORIGIN)))
                .withMessage(message);
    }
}
