package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GruKernelTest {

    /// One unit, x = 2, h = 0.5: r = σ(0.1·2+0.01 + 0.4·0.5+0.04) = σ(0.45),
    /// z = σ(−0.2·2+0.02 + 0.5·0.5−0.05) = σ(−0.18), m = 0.6·0.5+0.06 = 0.36, n = tanh(0.3·2−0.03 + r·m).
    @Test
    void stepsByTheFormula() {
        GruKernel kernel = new GruKernel(
                1,
                1,
                new double[] {0.1, -0.2, 0.3},
                new double[] {0.4, 0.5, 0.6},
                new double[] {0.01, 0.02, -0.03},
                new double[] {0.04, -0.05, 0.06});
        double r = 1 / (1 + Math.exp(-0.45));
        double z = 1 / (1 + Math.exp(0.18));
        double n = Math.tanh(0.57 + r * 0.36);
        double[] after = new double[1];
        double[] tape = new double[kernel.tapeSize()];

        kernel.step(new double[] {2}, new double[] {0.5}, after, tape);

        assertThat(tape).containsExactly(new double[] {r, z, 0.36, n}, within(1e-15));
        assertThat(after[0]).isCloseTo((1 - z) * n + z * 0.5, within(1e-15));
    }

    /// r = σ(−1e9 + …) = 0 cancels W_hn h + b_hn = 500, z = σ(−2e9 + …) = 0, n = tanh(0 + 0 · 500 + 0.3).
    @Test
    void takesInputsOfAnySize() {
        GruKernel kernel = new GruKernel(
                1, 1, new double[] {-1, -2, 0}, new double[] {0.4, 0.5, 0.6}, new double[] {0, 0, 0.3}, new double[] {
                    0, 0, 500
                });
        double[] state = {0.5};

        kernel.step(new double[] {1e9}, state, state, new double[kernel.tapeSize()]);

        assertThat(state[0]).isCloseTo(Math.tanh(0.3), within(1e-12));
    }

    @Test
    void mayOverwriteTheStateItStartsFrom() {
        GruKernel kernel =
                new GruKernel(1, 2, new double[] {1, 2, 3, 4, 5, 6}, new double[12], new double[6], new double[6]);
        double[] inPlace = {0.25, -0.5};
        double[] apart = new double[2];
        double[] tape = new double[kernel.tapeSize()];

        kernel.step(new double[] {0.1}, inPlace, apart, tape);
        kernel.step(new double[] {0.1}, inPlace, inPlace, tape);

        assertThat(inPlace).containsExactly(apart);
    }

    /// x = 0.5·u − 1 in the first input, x = 2·u in the second.
    @Test
    void rescalesItsInputs() {
        double[] inputWeights = {0.1, -0.2, 0.3, 0.7, 0.2, -0.4};
        double[] bias = {0.01, 0.02, -0.03};
        GruKernel kernel = new GruKernel(2, 1, inputWeights, new double[] {0.4, 0.5, 0.6}, bias, bias);

        GruKernel other = kernel.forInputs(new double[] {0.5, 2}, new double[] {-1, 0});

        double[][] x = {{0.5 * 3 - 1, 2 * 0.25}, {0.5 * -1 - 1, 2 * 0.5}};
        double[][] u = {{3, 0.25}, {-1, 0.5}};
        assertThat(other.lastState(u)[0]).isCloseTo(kernel.lastState(x)[0], within(1e-14));
        assertThat(kernel.lastState(x)).containsExactly(kernel.states(x)[1]);
    }

    @Test
    void refusesAWrongShapeAndAWeightThatIsNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GruKernel(2, 1, new double[3], new double[3], new double[3], new double[3]))
                .withMessage("gru.inputWeights needs 6 values for its shape [2, 3], found 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GruKernel(
                        1, 1, new double[3], new double[3], new double[] {0, Double.NaN, 0}, new double[3]))
                .withMessage("gru.inputBias must be finite, found NaN");
    }
}
