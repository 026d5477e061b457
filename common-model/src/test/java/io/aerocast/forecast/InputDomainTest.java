package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.InputDomain.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InputDomainTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Instant NEW_YEAR = Instant.parse("1970-01-01T00:00:00Z");

    private final InputDomain domain = new InputDomain(3, null, List.of(term(10, 8), term(0, 4), term(0, 2)));

    /// The mean of 10, 11 and 15 is 12, the latest reading is 3 above it, after a change of 4.
    @Test
    void measuresTheTermThatIsFurthestOut() {
        assertThat(InputDomain.values(rows(10, 11, 15), 3)).containsExactly(12, 3, 4);
        assertThat(domain.distance(rows(10, 11, 15))).isCloseTo(2, within(1e-12));
        assertThat(domain.distance(rows(30, 30, 30))).isCloseTo(2.5, within(1e-12));
        assertThat(domain.distance(rows(10, 10, 10))).isZero();
    }

    @Test
    void usesTheNewestRows() {
        assertThat(domain.distance(rows(50, 10, 10, 10))).isZero();
    }

    @Test
    void missingReadingsAreNoDistance() {
        double gap = Double.NaN;

        assertThat(InputDomain.values(rows(10, gap, 12), 3)).containsExactly(11, 1, 2);
        assertThat(domain.distance(rows(gap, gap, gap))).isZero();
    }

    /// The usual mean is 0 at new year and 20 half a year later.
    @Test
    void aSummersDayInWinterIsUnusual() {
        InputDomain yearly = new InputDomain(3, YEAR, List.of(new Term(10, -10, 0, 8), term(0, 4), term(0, 2)));

        assertThat(yearly.distance(at(20, NEW_YEAR))).isCloseTo(2.5, within(1e-12));
        assertThat(yearly.distance(at(20, NEW_YEAR.plus(YEAR.dividedBy(2))))).isCloseTo(0, within(1e-12));
        assertThat(yearly.distance(at(20, null))).isZero();
    }

    @Test
    void widensInProportionToTheDistance() {
        assertThat(InputDomain.widening(0.4)).isOne();
        assertThat(InputDomain.widening(1.7)).isEqualTo(1.7);
        assertThat(InputDomain.widening(50)).isEqualTo(3);
    }

    /// Every training sample has the latest reading and three quarters of all.
    @Test
    void aLookbackWithFewReadingsResemblesNoTrainingData() {
        double gap = Double.NaN;

        assertThat(domain.contains(rows(10, 10, 10, 10))).isTrue();
        assertThat(domain.contains(rows(10, gap, 10, 10))).isTrue();
        assertThat(domain.contains(rows(gap, gap, 10, 10))).isFalse();
        assertThat(domain.contains(rows(10, 10, 10, gap))).isFalse();
        assertThat(domain.widening(rows(10, gap, 10, 10))).isOne();
        assertThat(domain.widening(rows(gap, gap, gap, 10))).isEqualTo(3);
    }

    @Test
    void aModelWidensItsIntervalsOutsideOfItsDomain() {
        RidgeModel model = Models.ridge();
        InputDomain two = new InputDomain(
                3, null, List.of(term(12, 2), term(0, 9), term(0, 9), term(1012, 9), term(0, 9), term(0, 9)));
        ModelCard card = model.card().withDomain(two);
        double[][] usual = {{12, 1012}, {12, 1012}, {12, 1012}};
        double[][] hot = {{16, 1012}, {16, 1012}, {16, 1012}};

        RawForecast inside = forecast(card, model, usual);
        RawForecast outside = forecast(card, model, hot);

        assertThat(inside.extrapolating()).isFalse();
        assertThat(inside.prediction().halfWidth(0)).isCloseTo(1.5, within(1e-12));
        assertThat(outside.extrapolating()).isTrue();
        assertThat(outside.prediction().halfWidth(0)).isCloseTo(2 * 1.5, within(1e-12));
        assertThat(outside.prediction().value())
                .isEqualTo(model.predict(new Lookback(hot, NEW_YEAR)).value());
    }

    private static RawForecast forecast(ModelCard card, RidgeModel model, double[][] rows) {
        return RawForecast.of(new int[] {0, 1}, card, model::predict, new Lookback(rows, NEW_YEAR));
    }

    @Test
    void travelsWithTheArtifact() {
        InputDomain yearly = new InputDomain(
                3,
                YEAR,
                List.of(new Term(10, -10, 0.1, 8), term(0, 4), term(0, 2), term(3, 1), term(0, 1), term(0, 1)));
        RidgeModel ridge = Models.ridge();
        RidgeModel model = new RidgeModel(
                ridge.card().withDomain(yearly),
                ridge.cadence(),
                ridge.scaler(),
                ridge.basis(),
                ridge.weights(),
                ridge.halfWidths());

        assertThat(ModelArtifact.read(ModelArtifact.write(model)).card().domain())
                .isEqualTo(yearly);
    }

    @Test
    void refusesRangesOfOtherFeatures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.ridge().card().withDomain(domain))
                .withMessage("A model card of 2 features needs an input domain of 6 terms, found 3");
        assertThatIllegalArgumentException().isThrownBy(() -> term(1, 0));
    }

    private static Term term(double centre, double reach) {
        return new Term(centre, 0, 0, reach);
    }

    private static Lookback rows(double... values) {
        double[][] rows = new double[values.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {values[i]};
        }
        return new Lookback(rows, NEW_YEAR);
    }

    private static Lookback at(double value, @Nullable Instant time) {
        return new Lookback(rows(value, value, value).rows(), time);
    }
}
