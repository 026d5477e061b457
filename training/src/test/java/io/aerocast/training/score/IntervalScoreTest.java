package io.aerocast.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalScoreTest {

    private static final double[] VALUE = {10, 10, 10, 10, 10};
    private static final double[] LOWER = {8, 8, 8, 8, 8};
    private static final double[] UPPER = {13, 13, 13, 13, 13};

    @Test
    void byHand() {
        // Inside, on a bound, 2 below, 1 above; the last one is unknown. α = 0.2.
        double[] actual = {11, 8, 6, 14, Double.NaN};

        IntervalScore score = IntervalScore.of(0.8, actual, VALUE, LOWER, UPPER);

        assertThat(score.count()).isEqualTo(4);
        assertThat(score.coverage()).isEqualTo(0.5);
        assertThat(score.width()).isEqualTo(5);
        // (5 + 5 + (5 + 10·2) + (5 + 10·1)) / 4
        assertThat(score.winkler()).isCloseTo(12.5, within(1e-9));
        // Lower, forecast, upper: 11 → .3+.5+.2, 8 → 0+1+.5, 6 → 1.8+2+.7, 14 → .6+2+.9; over 3·4.
        assertThat(score.pinball()).isCloseTo((1.0 + 1.5 + 4.5 + 3.5) / 12, within(1e-9));
    }

    @Test
    void winklerIsThePinballOfTheBoundsInTheUnitOfTheTarget() {
        double[] actual = {3};
        double bounds = IntervalScore.pinball(0.05, 3, 5) + IntervalScore.pinball(0.95, 3, 7);

        assertThat(IntervalScore.of(0.9, actual, new double[] {6}, new double[] {5}, new double[] {7})
                        .winkler())
                .isCloseTo(2 / 0.1 * bounds, within(1e-9));
    }

    @Test
    void isNaNWithoutObservations() {
        IntervalScore score =
                IntervalScore.of(0.9, new double[] {Double.NaN}, new double[1], new double[1], new double[1]);

        assertThat(score.count()).isZero();
        assertThat(score.coverage()).isNaN();
        assertThat(score.winkler()).isNaN();
    }

    @Test
    void refusesACoverageOutsideZeroToOne() {
        assertThatThrownBy(() -> IntervalScore.of(90, VALUE, VALUE, LOWER, UPPER))
                .hasMessageContaining("between 0 and 1, found 90");
    }
}
