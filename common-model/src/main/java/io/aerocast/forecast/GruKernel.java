package io.aerocast.forecast;

import java.util.List;

/// One layer of gated recurrent units in the reset-after form, which is PyTorch's:
///
/// ```
/// r = σ(W_ir x + b_ir + W_hr h + b_hr)
/// z = σ(W_iz x + b_iz + W_hz h + b_hz)
/// n = tanh(W_in x + b_in + r ∘ (W_hn h + b_hn))
/// h' = (1 − z) ∘ n + z ∘ h
/// ```
///
/// Training and serving both step through here, so that they cannot differ. Every matrix lies flat with one row per
/// input and the gates `r`, `z`, `n` side by side in each row: the inner loops run over neighbouring units and
/// vectorise. (PyTorch's `weight_ih_l0` and `weight_hh_l0` are the transposes.) Immutable; safe for several threads.
public final class GruKernel {

    private final int inputs;
    private final int hidden;
    private final double[] inputWeights;
    private final double[] recurrentWeights;
    private final double[] inputBias;
    private final double[] recurrentBias;

    /// @param inputs values per step that come in
    /// @param hidden number of units
    /// @param inputWeights shape [inputs][3·hidden], gates `r`, `z`, `n`
    /// @param recurrentWeights shape [hidden][3·hidden], gates `r`, `z`, `n`
    /// @param inputBias shape [3·hidden]
    /// @param recurrentBias shape [3·hidden]
    /// @throws IllegalArgumentException if a shape is wrong or a weight is not finite
    public GruKernel(
            int inputs,
            int hidden,
            double[] inputWeights,
            double[] recurrentWeights,
            double[] inputBias,
            double[] recurrentBias) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.inputWeights = inputWeights.clone();
        this.recurrentWeights = recurrentWeights.clone();
        this.inputBias = inputBias.clone();
        this.recurrentBias = recurrentBias.clone();
        tensors("gru").forEach(Tensor::requireFinite);
    }

    /// Values per step that come in.
    public int inputs() {
        return inputs;
    }

    /// Number of units.
    public int hidden() {
        return hidden;
    }

    /// Doubles that [#step] needs for its intermediate results: `r`, `z`, `n` and `W_hn h + b_hn`.
    public int tapeSize() {
        return 4 * hidden;
    }

    /// One step in time of one sequence.
    ///
    /// @param x holds the step's inputs from `xAt`, shape [inputs]
    /// @param before holds the state before the step from `beforeAt`, shape [hidden]
    /// @param after receives the state after the step from `afterAt`, shape [hidden]; may be `before`
    /// @param tape receives `r`, `z`, `n`, `W_hn h + b_hn` from `tapeAt`, shape [4][hidden], for back-propagation
    public void step(
            double[] x,
            int xAt,
            double[] before,
            int beforeAt,
            double[] after,
            int afterAt,
            double[] tape,
            int tapeAt) {
        int newGate = tapeAt + 2 * hidden;
        int recurrent = tapeAt + 3 * hidden;
        for (int j = 0; j < 2 * hidden; j++) {
            tape[tapeAt + j] = inputBias[j] + recurrentBias[j];
        }
        for (int j = 0; j < hidden; j++) {
            tape[newGate + j] = inputBias[2 * hidden + j];
            tape[recurrent + j] = recurrentBias[2 * hidden + j];
        }
        for (int i = 0; i < inputs; i++) {
            addRow(x[xAt + i], inputWeights, i * 3 * hidden, tape, tapeAt, 3 * hidden);
        }
        for (int i = 0; i < hidden; i++) {
            double h = before[beforeAt + i];
            int row = i * 3 * hidden;
            addRow(h, recurrentWeights, row, tape, tapeAt, 2 * hidden);
            addRow(h, recurrentWeights, row + 2 * hidden, tape, recurrent, hidden);
        }
        Activation.sigmoid(tape, tapeAt, 2 * hidden);
        for (int j = 0; j < hidden; j++) {
            tape[newGate + j] += tape[tapeAt + j] * tape[recurrent + j];
        }
        Activation.tanh(tape, newGate, hidden);
        for (int j = 0; j < hidden; j++) {
            double z = tape[tapeAt + hidden + j];
            after[afterAt + j] = (1 - z) * tape[newGate + j] + z * before[beforeAt + j];
        }
    }

    /// The states that a sequence leads through, from a state of zeros.
    ///
    /// @param x shape [steps][inputs], flat
    /// @return shape [steps][hidden], flat
    double[] states(double[] x, int steps) {
        double[] states = new double[(steps + 1) * hidden]; // the first state is zero
        double[] tape = new double[tapeSize()];
        for (int step = 0; step < steps; step++) {
            step(x, step * inputs, states, step * hidden, states, (step + 1) * hidden, tape, 0);
        }
        double[] reached = new double[steps * hidden];
        System.arraycopy(states, hidden, reached, 0, reached.length);
        return reached;
    }

    List<Tensor> tensors(String name) {
        return List.of(
                Tensor.matrix(name + ".inputWeights", inputs, 3 * hidden, inputWeights),
                Tensor.matrix(name + ".recurrentWeights", hidden, 3 * hidden, recurrentWeights),
                Tensor.vector(name + ".inputBias", 3 * hidden, inputBias),
                Tensor.vector(name + ".recurrentBias", 3 * hidden, recurrentBias));
    }

    static GruKernel from(Tensors tensors, String name) {
        Tensor input = tensors.require(name + ".inputWeights");
        Tensor recurrent = tensors.require(name + ".recurrentWeights");
        return new GruKernel(
                input.rows(),
                recurrent.rows(),
                input.values(),
                recurrent.values(),
                tensors.values(name + ".inputBias"),
                tensors.values(name + ".recurrentBias"));
    }

    private static void addRow(double factor, double[] weights, int row, double[] sums, int at, int length) {
        for (int j = 0; j < length; j++) {
            sums[at + j] += factor * weights[row + j];
        }
    }
}
