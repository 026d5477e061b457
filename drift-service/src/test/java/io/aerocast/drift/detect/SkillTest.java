package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Evaluation.Pair;
import org.junit.jupiter.api.Test;

class SkillTest {

    /// Errors 1 and 3 of the model, 2 and 4 of persistence: mean squares 5 and 10, skill 0.5; one of two is held.
    @Test
    void comparesTheMeanSquaresAndCountsTheIntervals() {
        Skill skill = Skill.NONE
                .next(new Pair(24, "v1", 10, 9.0, 8.0, 12.0), 11, 2, 0, 0)
                .next(new Pair(24, "v1", 10, 9.0, 8.0, 12.0), 13, 2, 0, 0);

        assertThat(skill.skill()).isEqualTo(0.5, within(1e-12));
        assertThat(skill.held()).isEqualTo(0.5, within(1e-12));
        assertThat(skill.bad()).isZero();
    }

    @Test
    void countsTheTimeWithoutSkillOrCoverageOnceTheMemoryIsFull() {
        Pair bad = new Pair(24, "v1", 14, 10.0, 13.0, 15.0);
        Skill skill = Skill.NONE;
        for (int i = 0; i < 10; i++) {
            skill = skill.next(bad, 11, 4, -0.05, 0.75);
        }
        assertThat(skill.bad()).isEqualTo(7);
        assertThat(skill.next(new Pair(24, "v1", 11, 99.0, 10.0, 12.0), 11, 1, -0.05, 0.75)
                        .bad())
                .isZero();
    }
}
