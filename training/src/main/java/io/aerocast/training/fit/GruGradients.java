package io.aerocast.training.fit;

import io.aerocast.forecast.WeightedRows;

/// Derivatives of the loss by the parameters of a [Gru] layer, summed over sequences, in the shapes of the
/// parameters.
final class GruGradients {

    final double[][] inputWeights;
    final double[][] recurrentWeights;
    final double[] inputBias;
    final double[] recurrentBias;

    private final double[][] inputColumns;
    private final double[][] recurrentColumns;

    /// @param inputColumns the layer's input weights, transposed: shape [3·hidden][inputs]
    /// @param recurrentColumns the layer's recurrent weights, transposed: shape [3·hidden][hidden]
    GruGradients(double[][] inputColumns, double[][] recurrentColumns) {
        int gates = inputColumns.length;
        this.inputColumns = inputColumns;
        this.recurrentColumns = recurrentColumns;
        this.inputWeights = new double[inputColumns[0].length][gates];
        this.recurrentWeights = new double[recurrentColumns[0].length][gates];
        this.inputBias = new double[gates];
        this.recurrentBias = new double[gates];
    }

    double[][] inputColumns() {
        return inputColumns;
    }

    double[][] recurrentColumns() {
        return recurrentColumns;
    }

    /// Adds one sequence.
    ///
    /// @param inputs shape [inputs][steps]
    /// @param inputSide shape [steps][3·hidden], derivatives by the input side of the gates' sums
    /// @param before shape [hidden][at least steps], states before each step
    /// @param recurrentSide shape [steps][3·hidden], derivatives by the recurrent side of the gates' sums
    void add(double[][] inputs, double[][] inputSide, double[][] before, double[][] recurrentSide) {
        int gates = inputBias.length;
        for (int step = 0; step < inputSide.length; step++) {
            addTo(inputBias, inputSide[step]);
            addTo(recurrentBias, recurrentSide[step]);
        }
        for (int i = 0; i < inputWeights.length; i++) {
            WeightedRows.addTo(inputWeights[i], gates, inputs[i], inputSide);
        }
        for (int i = 0; i < recurrentWeights.length; i++) {
            WeightedRows.addTo(recurrentWeights[i], gates, before[i], recurrentSide);
        }
    }

    /// Adds the sums of other sequences.
    GruGradients plus(GruGradients others) {
        for (int i = 0; i < inputWeights.length; i++) {
            addTo(inputWeights[i], others.inputWeights[i]);
        }
        for (int i = 0; i < recurrentWeights.length; i++) {
            addTo(recurrentWeights[i], others.recurrentWeights[i]);
        }
        addTo(inputBias, others.inputBias);
        addTo(recurrentBias, others.recurrentBias);
        return this;
    }

    private static void addTo(double[] sums, double[] values) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += values[j];
        }
    }

    static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[0].length; column++) {
                transposed[column][row] = matrix[row][column];
            }
        }
        return transposed;
    }
}
