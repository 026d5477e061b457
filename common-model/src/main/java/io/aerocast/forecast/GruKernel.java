package io.aerocast.forecast;

import java.util.Arrays;
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
/// Training and serving both use this class, so their results cannot differ. A matrix has one row per input with
/// the gates `r`, `z`, `n` side by side in each row, so the inner loops run over contiguous units and vectorise.
/// (PyTorch's `weight_ih_l0` and `weight_hh_l0` are the transposes.) Immutable; safe for several threads.
public final class GruKernel {

    private final int hidden;
    private final double[][] inputWeights;
    private final double[][] recurrentWeights;
    private final double[] inputBias;
    private final double[] recurrentBias;

    /// Initial values of a step's tape, shape [4·hidden]: the biases of `r`, `z`, of `W_hn h` and of `n`.
    private final double[] gateBias;

    /// The input weights in the layout of the tape, shape [inputs][4·hidden]: one pass fills the tape.
    private final double[][] gateInputWeights;

    /// The largest weight of each input, shape [inputs].
    private final double[] inputReach;

    /// Upper bound of a gate's weighted sum without inputs.
    private final double recurrentReach;

    /// @param inputs number of input values per step
    /// @param hidden number of units
    /// @param inputWeights shape [inputs][3·hidden], flat, gates `r`, `z`, `n`
    /// @param recurrentWeights shape [hidden][3·hidden], flat, gates `r`, `z`, `n`
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
        this.hidden = hidden;
        this.inputWeights = Tensor.matrix("gru.inputWeights", inputs, 3 * hidden, inputWeights)
                .requireFinite()
                .split();
        this.recurrentWeights = Tensor.matrix("gru.recurrentWeights", hidden, 3 * hidden, recurrentWeights)
                .requireFinite()
                .split();
        this.inputBias = Tensor.vector("gru.inputBias", 3 * hidden, inputBias.clone())
                .requireFinite()
                .values();
        this.recurrentBias = Tensor.vector("gru.recurrentBias", 3 * hidden, recurrentBias.clone())
                .requireFinite()
                .values();
        this.gateBias = inTape(this.inputBias);
        for (int j = 0; j < 3 * hidden; j++) {
            gateBias[j] += recurrentBias[j];
        }
        this.gateInputWeights =
                Arrays.stream(this.inputWeights).map(this::inTape).toArray(double[][]::new);
        this.inputReach =
                Arrays.stream(this.inputWeights).mapToDouble(GruKernel::largest).toArray();
        this.recurrentReach = largest(this.inputBias)
                + largest(this.recurrentBias)
                + Arrays.stream(this.recurrentWeights)
                        .mapToDouble(GruKernel::largest)
                        .sum();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    /// @param gates shape [3][hidden]: `r`, `z`, `n`
    /// @return shape [4][hidden]: `r`, `z`, zeros, `n`
    private double[] inTape(double[] gates) {
        double[] tape = new double[4 * hidden];
        System.arraycopy(gates, 0, tape, 0, 2 * hidden);
        System.arraycopy(gates, 2 * hidden, tape, 3 * hidden, hidden);
        return tape;
    }

    /// Number of input values per step.
    public int inputs() {
        return inputWeights.length;
    }

    /// Number of units.
    public int hidden() {
        return hidden;
    }

    /// Doubles that [#step] needs for its intermediate results.
    public int tapeSize() {
        return 4 * hidden;
    }

    /// One step in time of one sequence.
    ///
    /// @param x shape [inputs]
    /// @param before the state before the step, shape [hidden], between −1 and 1
    /// @param after receives the state after the step, shape [hidden]; may be `before`
    /// @param tape receives `r`, `z`, `W_hn h + b_hn`, `n`, shape [4][hidden], for back-propagation
    public void step(double[] x, double[] before, double[] after, double[] tape) {
        int newAt = 3 * hidden;
        System.arraycopy(gateBias, 0, tape, 0, 4 * hidden);
        WeightedRows.addTo(tape, 4 * hidden, x, gateInputWeights);
        WeightedRows.addTo(tape, 3 * hidden, before, recurrentWeights);
        boolean moderate = reach(x) <= Activation.MODERATE;
        if (!moderate) {
            Activation.clamp(tape, 0, 2 * hidden);
        }
        Activation.sigmoid(tape, 0, 2 * hidden);
        for (int j = 0; j < hidden; j++) {
            tape[newAt + j] += tape[j] * tape[2 * hidden + j];
        }
        if (!moderate) {
            Activation.clamp(tape, newAt, hidden);
        }
        Activation.tanh(tape, newAt, hidden);
        for (int j = 0; j < hidden; j++) {
            double z = tape[hidden + j];
            after[j] = (1 - z) * tape[newAt + j] + z * before[j];
        }
    }

    /// Upper bound of a gate's weighted sum; states lie between −1 and 1.
    private double reach(double[] x) {
        double reach = recurrentReach;
        for (int i = 0; i < inputReach.length; i++) {
            reach += Math.abs(x[i]) * inputReach[i];
        }
        return reach;
    }

    /// The states after each step of a sequence, from a state of zeros.
    ///
    /// @param x shape [steps][inputs]
    /// @return shape [steps][hidden]
    double[][] states(double[][] x) {
        double[][] states = new double[x.length][hidden];
        double[] before = new double[hidden];
        double[] tape = new double[tapeSize()];
        for (int step = 0; step < x.length; step++) {
            step(x[step], before, states[step], tape);
            before = states[step];
        }
        return states;
    }

    /// The state after the last step of a sequence, from a state of zeros.
    ///
    /// @param x shape [steps][inputs]
    /// @return shape [hidden]
    double[] lastState(double[][] x) {
        double[] state = new double[hidden];
        double[] tape = new double[tapeSize()];
        for (double[] step : x) {
            step(step, state, state, tape);
        }
        return state;
    }

    /// The same layer for other inputs: given `u`, it computes what this one computes from `x = factor · u +
    /// shift`.
    ///
    /// @param factor shape [inputs]
    /// @param shift shape [inputs]
    public GruKernel forInputs(double[] factor, double[] shift) {
        double[][] weights = new double[inputs()][3 * hidden];
        double[] bias = inputBias.clone();
        WeightedRows.addTo(bias, 3 * hidden, shift, inputWeights);
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < 3 * hidden; j++) {
                weights[i][j] = factor[i] * inputWeights[i][j];
            }
        }
        return new GruKernel(
                inputs(), hidden, WeightedRows.join(weights), WeightedRows.join(recurrentWeights), bias, recurrentBias);
    }

    /// Shape [inputs][3·hidden], flat, as in the constructor.
    public double[] inputWeights() {
        return WeightedRows.join(inputWeights);
    }

    /// Shape [hidden][3·hidden], flat, as in the constructor.
    public double[] recurrentWeights() {
        return WeightedRows.join(recurrentWeights);
    }

    /// Shape [3·hidden], as in the constructor.
    public double[] inputBias() {
        return inputBias.clone();
    }

    /// Shape [3·hidden], as in the constructor.
    public double[] recurrentBias() {
        return recurrentBias.clone();
    }

    List<Tensor> tensors(String name) {
        return List.of(
                Tensor.matrix(name + ".inputWeights", inputs(), 3 * hidden, inputWeights()),
                Tensor.matrix(name + ".recurrentWeights", hidden, 3 * hidden, recurrentWeights()),
                Tensor.vector(name + ".inputBias", 3 * hidden, inputBias),
                Tensor.vector(name + ".recurrentBias", 3 * hidden, recurrentBias));
    }

    static GruKernel from(Tensors tensors, String name) {
        Tensor input = tensors.matrix(name + ".inputWeights");
        Tensor recurrent = tensors.matrix(name + ".recurrentWeights");
        return new GruKernel(
                input.rows(),
                recurrent.rows(),
                input.values(),
                recurrent.values(),
                tensors.values(name + ".inputBias"),
                tensors.values(name + ".recurrentBias"));
    }
}
