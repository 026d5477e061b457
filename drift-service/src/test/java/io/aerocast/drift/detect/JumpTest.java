package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JumpTest {

    @Test
    void aSpikeSuspendsErrorsWhileItIsInTheLookback() {
        Jump jump = Jump.between(14, -10);
        assertThat(jump.suspendsErrors(24)).isTrue();
        for (int age = 1; age <= 24; age++) {
            jump = jump.next(13.5);
            assertThat(jump.suspendsErrors(24)).as("age %d", age).isTrue();
        }
        assertThat(jump.next(13.5).suspendsErrors(24)).isFalse();
    }

    @Test
    void aLevelChangeSuspendsErrorsForTwoObservations() {
        Jump jump = Jump.between(14, 30);
        assertThat(jump.suspendsErrors(24)).isTrue();
        jump = jump.next(30);
        assertThat(jump.suspendsErrors(24)).isTrue();
        jump = jump.next(29);
        assertThat(jump.suspendsErrors(24)).isFalse();
        assertThat(jump.next(14).suspendsErrors(24))
                .as("too late to be a spike")
                .isFalse();
    }
}
