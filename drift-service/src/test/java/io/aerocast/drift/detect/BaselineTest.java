package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BaselineTest {

    /// 1, 3, 2, 6: mean 3, variance (4 + 0 + 1 + 9) / 4 = 3.5.
    @Test
    void isThePlainMeanAndVarianceOfFewValues() {
        Baseline all = Baseline.NONE.next(1, 100).next(3, 100).next(2, 100).next(6, 100);

        assertThat(all.mean()).isEqualTo(3, within(1e-12));
        assertThat(all.variance()).isEqualTo(3.5, within(1e-12));
        assertThat(all.score(6, 0.1)).isEqualTo(3 / Math.sqrt(3.5), within(1e-12));
    }

    /// Mean 0 and variance 1 with a memory of 10: a value of 50 counts as 3, so the mean moves by 0.3.
    @Test
    void anOutlierCountsAsThreeDeviations() {
        Baseline after = new Baseline(10, 0, 1).next(50, 10);

        assertThat(after.mean()).isEqualTo(0.3, within(1e-12));
        assertThat(after.variance()).isEqualTo(0.9 * (1 + 0.1 * 9), within(1e-12));
    }

    @Test
    void aPriorHasABoundedWeight() {
        assertThat(new Baseline(40, 2, 1).asPrior(14)).isEqualTo(new Baseline(14, 2, 1));
        assertThat(new Baseline(4, 2, 1).asPrior(14)).isEqualTo(new Baseline(4, 2, 1));
    }
}
