package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    /// Errors of exactly 1 + movement / 2 at movements 1, 2, 3: mean movement 2, mean error 2.
    private static final Reference LINE = Reference.learn(
            "v1",
            IntStream.range(0, 30)
                    .mapToObj(i -> new ErrorSample(1 + (1 + i % 3) / 2.0, 1 + i % 3))
                    .toList(),
            0.05);

    @Test
    void learnsTheGrowthOfTheErrorWithTheMovement() {
        assertThat(LINE.meanError()).isEqualTo(2);
        assertThat(LINE.meanMovement()).isEqualTo(2);
        assertThat(LINE.slope()).isCloseTo(0.5, within(1e-12));
        assertThat(LINE.offset()).isCloseTo(1, within(1e-12));
        assertThat(LINE.expected(4)).isCloseTo(3, within(1e-12));
        assertThat(LINE.expected(100))
                .as("movement counts up to 3 times its mean")
                .isCloseTo(4, within(1e-12));
    }

    /// Every ratio is 1, so the location is 1 and the scale is at its lower bound of a fifth.
    @Test
    void scoresAnErrorInStandardDeviations() {
        assertThat(LINE.score(new ErrorSample(2, 2))).isCloseTo(0, within(1e-9));
        assertThat(LINE.score(new ErrorSample(16, 2))).as("8^(2/3) = 4").isCloseTo((4 - 1) / 0.2, within(1e-9));
        assertThat(LINE.score(new ErrorSample(0, 2))).isNegative();
    }

    @Test
    void errorsBelowTheResolutionCountAsEqual() {
        Reference perfect = Reference.learn(
                "v1",
                IntStream.range(0, 30).mapToObj(_ -> new ErrorSample(0, 1)).toList(),
                0.05);

        assertThat(perfect.score(new ErrorSample(0.04, 1))).isCloseTo(0, within(1e-9));
        assertThat(perfect.score(new ErrorSample(0.4, 1))).isCloseTo((4 - 1) / 0.2, within(1e-9));
    }

    @Test
    void anOutlierHardlyMovesIt() {
        List<ErrorSample> samples = IntStream.range(0, 100)
                .mapToObj(i -> i == 50 ? new ErrorSample(1000, 2) : new ErrorSample(1 + i % 3, 2))
                .toList();

        assertThat(Reference.learn("v1", samples, 0.05).meanError()).isBetween(1.9, 2.6);
    }

    @Test
    void neverExpectsMuchMoreThanTheBestReference() {
        Reference worse = scaled(3);

        Reference limited = worse.limitedBy(LINE, 1.5);

        assertThat(limited.expected(2)).isCloseTo(1.5 * LINE.expected(2), within(1e-9));
        assertThat(limited.meanError()).isCloseTo(3, within(1e-9));
        assertThat(scaled(1.2).limitedBy(LINE, 1.5)).isEqualTo(scaled(1.2));
        assertThat(LINE.lower(worse)).isEqualTo(LINE);
        assertThat(worse.lower(LINE)).isEqualTo(LINE);
    }

    private static Reference scaled(double factor) {
        return Reference.learn(
                "v2",
                IntStream.range(0, 30)
                        .mapToObj(i -> new ErrorSample(factor * (1 + (1 + i % 3) / 2.0), 1 + i % 3))
                        .toList(),
                0.05);
    }
}
