package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JumpTest {

    @Test
    void aLeapThatReturnsHoldsAsLongAsModelsSeeIt() {
        Jump jump = Jump.between(14, -10);
        assertThat(jump.holds(24)).isTrue();
        for (int age = 1; age <= 24; age++) {
            jump = jump.next(13.5);
            assertThat(jump.holds(24)).as("age %d", age).isTrue();
        }
        assertThat(jump.next(13.5).holds(24)).isFalse();
    }

    @Test
    void aLeapThatStaysHoldsForTwoObservations() {
        Jump jump = Jump.between(14, 30);
        assertThat(jump.holds(24)).isTrue();
        jump = jump.next(30);
        assertThat(jump.holds(24)).isTrue();
        jump = jump.next(29);
        assertThat(jump.holds(24)).isFalse();
        assertThat(jump.next(14).holds(24)).as("too late to be a spike").isFalse();
    }
}
