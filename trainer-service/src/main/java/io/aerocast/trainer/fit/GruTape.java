package io.aerocast.trainer.fit;

import io.aerocast.forecast.GruKernel;
import java.util.Arrays;

/// A forward pass of a batch through a [GruKernel] that remembers what the way back needs: back-propagation through
/// time, exact and in plain Java.
final class GruTape {

    private final GruKernel kernel;
    private final double[] x;
    private final int batch;
    private final int steps;
    private final double[] states;
    private final double[] gates;

    /// @param x shape [batch][steps][inputs], flat
    GruTape(GruKernel kernel, double[] x, int batch, int steps) {
        this.kernel = kernel;
        this.x = x;
        this.batch = batch;
        this.steps = steps;
        this.states = new double[batch * (steps + 1) * kernel.hidden()]; // each sequence starts from zeros
        this.gates = new double[batch * steps * kernel.tapeSize()];
        for (int sequence = 0; sequence < batch; sequence++) {
            for (int step = 0; step < steps; step++) {
                int before = stateAt(sequence, step);
                kernel.step(
                        x,
                        inputAt(sequence, step),
                        states,
                        before,
                        states,
                        before + kernel.hidden(),
                        gates,
                        gatesAt(sequence, step));
            }
        }
    }

    /// The states reached.
    ///
    /// @return shape [batch][steps][hidden], flat
    double[] outputs() {
        int sequenceLength = steps * kernel.hidden();
        double[] outputs = new double[batch * sequenceLength];
        for (int sequence = 0; sequence < batch; sequence++) {
            System.arraycopy(states, stateAt(sequence, 1), outputs, sequence * sequenceLength, sequenceLength);
        }
        return outputs;
    }

    /// The way back.
    ///
    /// @param outputGradient shape [batch][steps][hidden], flat: the loss's derivatives by the outputs
    /// @param inputWeights the kernel's, shape [inputs][3·hidden]
    /// @param recurrentWeights the kernel's, shape [hidden][3·hidden]
    Gradients back(double[] outputGradient, double[] inputWeights, double[] recurrentWeights) {
        int hidden = kernel.hidden();
        double[] inputColumns = transposed(inputWeights, kernel.inputs(), 3 * hidden);
        double[] recurrentColumns = transposed(recurrentWeights, hidden, 3 * hidden);
        Gradients gradients = new Gradients(kernel.inputs(), hidden, x.length);
        double[] dState = new double[hidden];
        double[] dInputSide = new double[3 * hidden];
        double[] dRecurrentSide = new double[3 * hidden];
        for (int sequence = 0; sequence < batch; sequence++) {
            Arrays.fill(dState, 0);
            for (int step = steps - 1; step >= 0; step--) {
                addRow(1, outputGradient, (sequence * steps + step) * hidden, dState, 0, hidden);
                gateGradients(sequence, step, dState, dInputSide, dRecurrentSide);
                int before = stateAt(sequence, step);
                int input = inputAt(sequence, step);
                gradients.add(x, input, states, before, dInputSide, dRecurrentSide);
                for (int gate = 0; gate < 3 * hidden; gate++) {
                    addRow(dInputSide[gate], inputColumns, gate * kernel.inputs(), gradients.x, input, kernel.inputs());
                    addRow(dRecurrentSide[gate], recurrentColumns, gate * hidden, dState, 0, hidden);
                }
            }
        }
        return gradients;
    }

    /// One step back through the gates. `dState` comes in by the state after the step and leaves by the state before
    /// it, without the share that goes through the recurrent weights.
    private void gateGradients(int sequence, int step, double[] dState, double[] dInputSide, double[] dRecurrentSide) {
        int hidden = kernel.hidden();
        int at = gatesAt(sequence, step);
        int before = stateAt(sequence, step);
        for (int j = 0; j < hidden; j++) {
            double r = gates[at + j];
            double z = gates[at + hidden + j];
            double n = gates[at + 2 * hidden + j];
            double recurrent = gates[at + 3 * hidden + j];
            double dN = dState[j] * (1 - z) * (1 - n * n);
            double dZ = dState[j] * (states[before + j] - n) * z * (1 - z);
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

    private int inputAt(int sequence, int step) {
        return (sequence * steps + step) * kernel.inputs();
    }

    private int stateAt(int sequence, int step) {
        return (sequence * (steps + 1) + step) * kernel.hidden();
    }

    private int gatesAt(int sequence, int step) {
        return (sequence * steps + step) * kernel.tapeSize();
    }

    private static double[] transposed(double[] matrix, int rows, int columns) {
        double[] transposed = new double[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = matrix[row * columns + column];
            }
        }
        return transposed;
    }

    private static void addRow(double factor, double[] row, int rowAt, double[] sums, int at, int length) {
        for (int j = 0; j < length; j++) {
            sums[at + j] += factor * row[rowAt + j];
        }
    }

    /// The loss's derivatives, summed over the batch, in the layout of the parameters.
    static final class Gradients {

        final double[] inputWeights;
        final double[] recurrentWeights;
        final double[] inputBias;
        final double[] recurrentBias;

        /// By the inputs, shape [batch][steps][inputs], flat.
        final double[] x;

        private final int inputs;
        private final int hidden;

        private Gradients(int inputs, int hidden, int xLength) {
            this.inputs = inputs;
            this.hidden = hidden;
            this.inputWeights = new double[inputs * 3 * hidden];
            this.recurrentWeights = new double[hidden * 3 * hidden];
            this.inputBias = new double[3 * hidden];
            this.recurrentBias = new double[3 * hidden];
            this.x = new double[xLength];
        }

        private void add(
                double[] xs, int xAt, double[] states, int stateAt, double[] dInputSide, double[] dRecurrentSide) {
            int gates = 3 * hidden;
            addRow(1, dInputSide, 0, inputBias, 0, gates);
            addRow(1, dRecurrentSide, 0, recurrentBias, 0, gates);
            for (int i = 0; i < inputs; i++) {
                addRow(xs[xAt + i], dInputSide, 0, inputWeights, i * gates, gates);
            }
            for (int i = 0; i < hidden; i++) {
                addRow(states[stateAt + i], dRecurrentSide, 0, recurrentWeights, i * gates, gates);
            }
        }
    }
}
