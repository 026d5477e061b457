package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Evaluation.Pair;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class JumpTest {

    private static final int DAY = 24;

    /// The forecasts from before the jump are 10 ± 1 (a 90 % interval).
    private static Jump follow(double size, int steps, IntToDoubleFunction readings) {
        Jump jump = Jump.of(Instant.EPOCH, size);
        for (int age = 1; age <= steps; age++) {
            jump = jump.next(age, DAY, readings.applyAsDouble(age), new Pair(age, "v1", 10.0, 10.0, 9.0, 11.0), 0.1);
        }
        return jump;
    }

    @Test
    void aConstantDistanceFromTheForecastsOfBeforeIsAnOffset() {
        assertThat(follow(8, DAY, age -> 18 + 0.5 * Math.sin(age)).isOffset(0.4))
                .isTrue();
    }

    @Test
    void aJumpThatFadesWithinTheDayIsWeather() {
        assertThat(follow(8, DAY, age -> 10 + 8 * Math.pow(0.93, age - 1.0)).isOffset(0.4))
                .isFalse();
        assertThat(follow(8, 7, age -> age == 1 ? 18 : 11).isOver()).isTrue();
    }

    @Test
    void fiftyDegreesWhereTenWereForecastAreFahrenheit() {
        assertThat(follow(40, 2, _ -> 50.2).isUnitChange()).isFalse();
        assertThat(follow(40, 3, _ -> 50.2).isUnitChange()).isTrue();
        assertThat(follow(8, 3, _ -> 18).isUnitChange()).isFalse();
    }
}
