package io.aerocast.training.fit;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.WeightedRows;

/// The forward pass of one sequence through a [GruKernel], recorded for the backward pass: exact back-propagation
/// through time, in plain Java.
final class GruTape {

    private final GruKernel kernel;
    private final GruSequence sequence;

    /// Shape [steps + 1][hidden]: before the first step and after each.
    private final double[][] states;

    /// Shape [steps][tapeSize].
    private final double[][] gates;

    GruTape(GruKernel kernel, GruSequence sequence) {
        this.kernel = kernel;
        this.sequence = sequence;
        this.states = new double[sequence.steps() + 1][kernel.hidden()];
        this.gates = new double[sequence.steps()][kernel.tapeSize()];
        System.arraycopy(sequence.start(), 0, states[0], 0, kernel.hidden());
        for (int step = 0; step < sequence.steps(); step++) {
            if (sequence.present(step)) {
                kernel.step(sequence.x()[step], states[step], states[step + 1], gates[step]);
            } else {
                System.arraycopy(states[step], 0, states[step + 1], 0, kernel.hidden());
            }
        }
    }

    int steps() {
        return sequence.steps();
    }

    /// The state after a step.
    ///
    /// @return shape [hidden]
    double[] state(int step) {
        return states[step + 1];
    }

    /// Runs the backward pass.
    ///
    /// @param outputGradient shape [steps][hidden]: derivatives of the loss by the outputs
    /// @param length number of steps to go back; earlier steps get no gradient
    /// @param sums receives the derivatives by the parameters
    /// @return shape [steps][inputs]: the derivatives by the inputs
    double[][] back(double[][] outputGradient, int length, GruGradients sums) {
        int hidden = kernel.hidden();
        int steps = sequence.steps();
        double[][] byInput = new double[steps][kernel.inputs()];
        double[][] inputSide = new double[steps][3 * hidden];
        double[][] recurrentSide = new double[steps][3 * hidden];
        double[] byState = new double[hidden];
        for (int step = steps - 1; step >= Math.max(0, steps - length); step--) {
            for (int j = 0; j < hidden; j++) {
                byState[j] += outputGradient[step][j];
            }
            if (sequence.present(step)) {
                throughGates(step, byState, inputSide[step], recurrentSide[step]);
                WeightedRows.addTo(byState, hidden, recurrentSide[step], sums.recurrentColumns());
                WeightedRows.addTo(byInput[step], kernel.inputs(), inputSide[step], sums.inputColumns());
            }
        }
        sums.add(GruGradients.transposed(sequence.x()), inputSide, GruGradients.transposed(states), recurrentSide);
        return byInput;
    }

    /// Goes back through the gates of one step. On entry `byState` is the derivative by the state after the step,
    /// on return the one by the state before it, without the part that flows through the recurrent weights.
    private void throughGates(int step, double[] byState, double[] inputSide, double[] recurrentSide) {
        int hidden = kernel.hidden();
        double[] gate = gates[step];
        double[] before = states[step];
        for (int j = 0; j < hidden; j++) {
            double r = gate[j];
            double z = gate[hidden + j];
            double recurrent = gate[2 * hidden + j];
            double n = gate[3 * hidden + j];
            double byN = byState[j] * (1 - z) * (1 - n * n);
            double byZ = byState[j] * (before[j] - n) * z * (1 - z);
            double byR = byN * recurrent * r * (1 - r);
            inputSide[j] = byR;
            inputSide[hidden + j] = byZ;
            inputSide[2 * hidden + j] = byN;
            recurrentSide[j] = byR;
            recurrentSide[hidden + j] = byZ;
            recurrentSide[2 * hidden + j] = byN * r;
            byState[j] *= z;
        }
    }
}
