package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ActivationTest {

    @Test
    void tanhIsWithinItsStatedErrorEverywhere() {
        double worst = 0;
        for (double x = -25; x <= 25; x += 1.0 / 4096) {
            worst = Math.max(worst, Math.abs(Activation.tanh(x) - StrictMath.tanh(x)));
        }
        assertThat(worst).isLessThan(1e-15);
    }

    @Test
    void tanhKeepsItsRelativePrecisionNearZero() {
        for (double x : new double[] {1e-300, 1e-12, 1e-6, 1e-3}) {
            assertThat(Activation.tanh(x) / StrictMath.tanh(x)).isCloseTo(1, within(2e-15));
        }
        assertThat(Activation.tanh(0)).isZero();
    }

    @Test
    void saturatesAndKeepsWhatIsNotANumber() {
        for (double x = 20; x <= Activation.MODERATE; x++) {
            assertThat(Activation.tanh(x)).isCloseTo(1, within(1e-15));
            assertThat(Activation.tanh(-x)).isCloseTo(-1, within(1e-15));
        }
        assertThat(Activation.tanh(Double.NaN)).isNaN();
        double[] values = {1e6, Double.NEGATIVE_INFINITY, Double.NaN, 3};
        Activation.clamp(values, 0, 4);
        Activation.sigmoid(values, 0, 4);
        assertThat(values[0]).isCloseTo(1, within(1e-15));
        assertThat(values[3]).isCloseTo(1 / (1 + StrictMath.exp(-3)), within(1e-15));
        assertThat(values[1]).isCloseTo(0, within(1e-15));
        assertThat(values[2]).isNaN();
    }

    @Test
    void sigmoidIsTheLogisticFunctionOfTheNamedValuesOnly() {
        double[] values = {7, -2, 0, 3, 7};
        Activation.sigmoid(values, 1, 3);
        assertThat(values[0]).isEqualTo(7);
        assertThat(values[1]).isCloseTo(1 / (1 + StrictMath.exp(2)), within(1e-15));
        assertThat(values[2]).isEqualTo(0.5);
        assertThat(values[3]).isCloseTo(1 / (1 + StrictMath.exp(-3)), within(1e-15));
        assertThat(values[4]).isEqualTo(7);
    }
}
