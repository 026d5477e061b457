package io.aerocast.trainer.fit;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.WeightedRows;
import java.util.Arrays;

/// A forward pass of a batch through a [GruKernel] that remembers what the way back needs: back-propagation through
/// time, exact and in plain Java.
final class GruTape {

    private final GruKernel kernel;
    private final double[][][] x;
    private final double[][][] states;
    private final double[][][] gates;

    /// @param x shape [batch][steps][inputs]
    GruTape(GruKernel kernel, double[][][] x) {
        int steps = x[0].length;
        this.kernel = kernel;
        this.x = x;
        this.states = new double[x.length][steps + 1][kernel.hidden()]; // each sequence starts from zeros
        this.gates = new double[x.length][steps][kernel.tapeSize()];
        for (int sequence = 0; sequence < x.length; sequence++) {
            double[][] reached = states[sequence];
            for (int step = 0; step < steps; step++) {
                kernel.step(x[sequence][step], reached[step], reached[step + 1], gates[sequence][step]);
            }
        }
    }

    /// The states reached.
    ///
    /// @return shape [batch][steps][hidden], flat
    double[] outputs() {
        int hidden = kernel.hidden();
        int steps = x[0].length;
        double[] outputs = new double[x.length * steps * hidden];
        for (int sequence = 0; sequence < x.length; sequence++) {
            for (int step = 0; step < steps; step++) {
                int at = (sequence * steps + step) * hidden;
                System.arraycopy(states[sequence][step + 1], 0, outputs, at, hidden);
            }
        }
        return outputs;
    }

    /// The way back.
    ///
    /// @param outputGradient shape [batch][steps][hidden]: the loss's derivatives by the outputs
    /// @param inputWeights the kernel's, shape [inputs][3·hidden]
    /// @param recurrentWeights the kernel's, shape [hidden][3·hidden]
    Gradients back(double[][][] outputGradient, double[][] inputWeights, double[][] recurrentWeights) {
        double[][] inputColumns = transposed(inputWeights);
        double[][] recurrentColumns = transposed(recurrentWeights);
        int hidden = kernel.hidden();
        int steps = x[0].length;
        Gradients gradients = new Gradients(kernel.inputs(), hidden, x.length, steps);
        double[][] dInputSide = new double[steps][3 * hidden];
        double[][] dRecurrentSide = new double[steps][3 * hidden];
        double[] dState = new double[hidden];
        for (int sequence = 0; sequence < x.length; sequence++) {
            Arrays.fill(dState, 0);
            for (int step = steps - 1; step >= 0; step--) {
                for (int j = 0; j < hidden; j++) {
                    dState[j] += outputGradient[sequence][step][j];
                }
                throughGates(sequence, step, dState, dInputSide[step], dRecurrentSide[step]);
                WeightedRows.addTo(dState, hidden, dRecurrentSide[step], recurrentColumns);
                WeightedRows.addTo(gradients.x[sequence][step], kernel.inputs(), dInputSide[step], inputColumns);
            }
            gradients.add(transposed(x[sequence]), dInputSide, transposed(states[sequence]), dRecurrentSide);
        }
        return gradients;
    }

    /// One step back through the gates. `dState` comes in as the derivative by the state after the step and leaves as
    /// that by the state before it, without the share that goes through the recurrent weights.
    private void throughGates(int sequence, int step, double[] dState, double[] dInputSide, double[] dRecurrentSide) {
        int hidden = kernel.hidden();
        double[] gate = gates[sequence][step];
        double[] before = states[sequence][step];
        for (int j = 0; j < hidden; j++) {
            double r = gate[j];
            double z = gate[hidden + j];
            double recurrent = gate[2 * hidden + j];
            double n = gate[3 * hidden + j];
            double dN = dState[j] * (1 - z) * (1 - n * n);
            double dZ = dState[j] * (before[j] - n) * z * (1 - z);
            double dR = dN * recurrent * r * (1 - r);
            dInputSide[j] = dR;
            dInputSide[hidden + j] = dZ;
            dInputSide[2 * hidden + j] = dN;
            dRecurrentSide[j] = dR;
            dRecurrentSide[hidden + j] = dZ;
            dRecurrentSide[2 * hidden + j] = dN * r;
            dState[j] *= z;
        }
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[0].length; column++) {
                transposed[column][row] = matrix[row][column];
            }
        }
        return transposed;
    }

    /// The loss's derivatives, summed over the batch, in the shapes of the parameters.
    static final class Gradients {

        final double[][] inputWeights;
        final double[][] recurrentWeights;
        final double[] inputBias;
        final double[] recurrentBias;

        /// By the inputs, shape [batch][steps][inputs].
        final double[][][] x;

        private final double[] ones;

        private Gradients(int inputs, int hidden, int batch, int steps) {
            this.inputWeights = new double[inputs][3 * hidden];
            this.recurrentWeights = new double[hidden][3 * hidden];
            this.inputBias = new double[3 * hidden];
            this.recurrentBias = new double[3 * hidden];
            this.x = new double[batch][steps][inputs];
            this.ones = new double[steps];
            Arrays.fill(ones, 1);
        }

        /// Adds one sequence.
        ///
        /// @param inputs shape [inputs][steps]
        /// @param before shape [hidden][at least steps], the states before each step
        private void add(double[][] inputs, double[][] dInputSide, double[][] before, double[][] dRecurrentSide) {
            int gates = inputBias.length;
            WeightedRows.addTo(inputBias, gates, ones, dInputSide);
            WeightedRows.addTo(recurrentBias, gates, ones, dRecurrentSide);
            for (int i = 0; i < inputWeights.length; i++) {
                WeightedRows.addTo(inputWeights[i], gates, inputs[i], dInputSide);
            }
            for (int i = 0; i < recurrentWeights.length; i++) {
                WeightedRows.addTo(recurrentWeights[i], gates, before[i], dRecurrentSide);
            }
        }
    }
}
