package io.aerocast.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EValueTest {

    @Test
    void byHand() {
        // d = ½, 1 (clipped), −½. Stakes: 0; ½ / (¼ + ¼) = 1 → ½; 1½ / (¼ + ¼ + 1) = 1 → ½.
        EValue evidence = EValue.of(new double[] {1, 5, -1}, 1, 2);

        assertThat(evidence.value()).isCloseTo(1 * 1.5 * 0.75, within(1e-12));
        assertThat(evidence.n()).isEqualTo(3);
    }

    @Test
    void neverBetsOnALoser() {
        assertThat(EValue.of(new double[] {-1, -1, -1, -1}, 1, 1).value()).isOne();
        assertThat(EValue.of(new double[0], 1, 1).value()).isOne();
    }

    @Test
    void overlappingForecastsPlaySeveralGames() {
        // Games on ½, ½ and on 1, 1 with stakes 0, then ½ (of 1) and ½ (of .8).
        EValue evidence = EValue.of(new double[] {0.5, 1, 0.5, 1}, 2, 1);

        assertThat(evidence.value()).isCloseTo((1.25 + 1.5) / 2, within(1e-12));
    }

    /// Evaluated after every difference, two equal forecasters reach 20 in at most one of twenty runs.
    @Test
    void staysValidHoweverOftenItIsEvaluated() {
        Random random = new Random(1);
        int wrong = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            double[] d = random.doubles(500, -1, 1).map(x -> x * x * x).toArray();
            wrong += everReaches20(d) ? 1 : 0;
        }
        assertThat(wrong).isLessThanOrEqualTo(runs / 20);
    }

    @Test
    void growsWhereTheChallengerIsBetter() {
        Random random = new Random(2);
        double[] d = random.doubles(300, -0.7, 1).toArray();

        assertThat(EValue.of(d, 1, 1).value()).isGreaterThan(20);
    }

    @Test
    void refusesAScaleOfZero() {
        assertThatThrownBy(() -> EValue.of(new double[] {1}, 1, 0)).hasMessageContaining("above 0, found 0.0");
    }

    private static boolean everReaches20(double[] d) {
        for (int n = 1; n <= d.length; n += 7) {
            if (EValue.of(Arrays.copyOf(d, n), 1, 1).value() >= 20) {
                return true;
            }
        }
        return false;
    }
}
