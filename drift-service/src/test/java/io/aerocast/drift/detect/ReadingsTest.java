package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadingsTest {

    @Test
    void countsEqualReadingsInARow() {
        Readings readings = Readings.none();
        int[] same = {1, 2, 1, 1, 2, 3};
        double[] actual = {5, 5, 6, 5, 5, 5};
        for (int i = 0; i < actual.length; i++) {
            readings = readings.next(outcome(actual[i], null), 0.05);
            assertThat(readings.same()).isEqualTo(same[i]);
        }
    }

    /// Moves 0, 1, 3: the pace is their mean while there are fewer than 24.
    @Test
    void movementIsHalfTheMoveAndHalfThePace() {
        Readings readings = Readings.none()
                .next(outcome(5, null), 0.05)
                .next(outcome(6, null), 0.05)
                .next(outcome(9, null), 0.05);

        assertThat(readings.move()).isEqualTo(3);
        assertThat(readings.pace()).isCloseTo(4 / 3.0, within(1e-12));
        assertThat(readings.movement()).isCloseTo(1.5 + 2 / 3.0, within(1e-12));
    }

    @Test
    void measuresTheMoveFromTheForecastsOriginIfItIsKnown() {
        assertThat(Readings.none().next(outcome(5, 3.0), 0.05).move()).isEqualTo(2);
    }

    /// The pace is 1 after 24 moves of 1; a move of 100 counts as 4.
    @Test
    void aSpikeHardlyChangesThePace() {
        Readings readings = Readings.none();
        for (int i = 0; i < 24; i++) {
            readings = readings.next(outcome(5, 4.0), 0.05);
        }

        assertThat(readings.next(outcome(105, 5.0), 0.05).pace()).isCloseTo(1 + 3 / 24.0, within(1e-12));
    }

    private static ForecastOutcome outcome(double actual, Double persistence) {
        return new ForecastOutcome(Instant.EPOCH, "v1", 0, actual, persistence);
    }
}
