package io.aerocast.training.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookTest {

    @Test
    void attemptsShareTheLevelOfSignificance() {
        assertThat(share(1)).isCloseTo(0.7, within(1e-12));
        assertThat(share(2)).isCloseTo(0.21, within(1e-12));
        assertThat(IntStream.rangeClosed(1, 50).mapToDouble(LookTest::share).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(Look.ONCE).isEqualTo(new Look.Planned(1));
    }

    @Test
    void refusesAnAttemptBeforeTheFirst() {
        assertThatThrownBy(() -> Look.attempt(0)).hasMessage("Attempts are counted from 1, found 0");
    }

    private static double share(int number) {
        return ((Look.Planned) Look.attempt(number)).share();
    }
}
