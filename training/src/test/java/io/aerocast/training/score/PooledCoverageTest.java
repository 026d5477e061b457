package io.aerocast.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PooledCoverageTest {

    /// h = 2 alone: two forecasts one step apart share half their time, (½)² twice, and each itself.
    @Test
    void overlapByHand() {
        assertThat(Overlap.of(List.of(1))).isEqualTo(1);
        assertThat(Overlap.of(List.of(2))).isEqualTo(1 + 2 * 0.25);
    }

    /// By counting shared steps of sets in Python: sum(len(a & b)**2 / (h*g)) over all lags, over H².
    @ParameterizedTest
    @CsvSource({"3, 3, 2.1111111", "1, 24, 6.6374753"})
    void overlapAgreesWithCounting(int first, int last, double overlap) {
        assertThat(Overlap.of(IntStream.rangeClosed(first, last).boxed().toList()))
                .isCloseTo(overlap, within(1e-6));
    }

    @Test
    void chanceExplainsLittleOfMuchData() {
        PooledCoverage few = new PooledCoverage(0.7, 0.9, 0.1);
        PooledCoverage many = new PooledCoverage(0.7, 0.9, 0.02);

        assertThat(few.allowed(0.05)).isCloseTo(0.05 + 0.1645, within(1e-12));
        assertThat(few.off(0.05)).isFalse();
        assertThat(many.off(0.05)).isTrue();
        // 0.9 − 0.05 − 1.645·0.02 − 0.842·0.02.
        assertThat(many.found(0.05)).isCloseTo(0.80026, within(1e-9));
        assertThat(new PooledCoverage(1, 0.9, 0.02).off(0.05)).isTrue();
    }
}
