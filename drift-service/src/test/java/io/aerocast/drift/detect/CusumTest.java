package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CusumTest {

    private static final Instant START = Instant.EPOCH;

    /// Scores 2, 3, -1, -9 with k = 1 and weight 0.5: 0.5, 1.5, 0.5, 0.
    @Test
    void addsTheExcessAndForgetsBelowZero() {
        Cusum sum = Cusum.zero(START);
        double[] scores = {2, 3, -1, -9};
        double[] expected = {0.5, 1.5, 0.5, 0};
        for (int i = 0; i < scores.length; i++) {
            sum = sum.next(START.plusSeconds(i + 1), scores[i], 1, 0.5, 9);
            assertThat(sum.statistic()).isEqualTo(expected[i], within(1e-12));
        }
        assertThat(sum.since()).isEqualTo(START.plusSeconds(4));
    }

    @Test
    void remembersWhenItWasLastZeroAndIsBounded() {
        Cusum sum = Cusum.zero(START);
        for (int i = 1; i <= 10; i++) {
            sum = sum.next(START.plusSeconds(i), 3, 1, 1, 5);
        }
        assertThat(sum).isEqualTo(new Cusum(5, START));
    }
}
