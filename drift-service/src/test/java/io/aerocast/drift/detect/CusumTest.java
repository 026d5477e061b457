package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CusumTest {

    /// k = 0.5, cap 4; S computed by hand.
    @Test
    void sumsExcessAndKeepsTheTimeOfTheLastZero() {
        double[] z = {0.2, 1.5, -0.2, 2.0, -3.0, 1.0, 3.0, 3.0};
        double[] s = {0.0, 1.0, 0.3, 1.8, 0.0, 0.5, 3.0, 4.0};
        int[] since = {0, 0, 0, 0, 4, 4, 4, 4};
        int[] count = {0, 1, 2, 3, 0, 1, 2, 3};

        Cusum cusum = Cusum.zero(at(-1));
        for (int t = 0; t < z.length; t++) {
            cusum = cusum.next(z[t], 0.5, 4, new ForecastOutcome(at(t), "v1", 10, 10 + t, null));

            assertThat(cusum.statistic()).as("S at %d", t).isCloseTo(s[t], within(1e-12));
            assertThat(cusum.since()).as("since at %d", t).isEqualTo(at(since[t]));
            assertThat(cusum.count()).as("count at %d", t).isEqualTo(count[t]);
        }
        assertThat(cusum.recentError()).isEqualTo((5 + 6 + 7) / 3.0);
    }

    private static Instant at(int hour) {
        return Instant.EPOCH.plusSeconds(3600L * hour);
    }
}
