package io.aerocast.training.fit;

import static io.aerocast.training.fit.GruGradients.transposed;

import io.aerocast.forecast.GruKernel;
import java.util.List;
import java.util.stream.IntStream;

/// The forward and the backward pass of a batch through a [GruKernel].
///
/// Sequences are distributed over the threads of the common pool. Gradients are summed over shares of the batch
/// that do not depend on the number of threads, and the shares are added in order: results are bit-identical on any
/// machine.
final class GruPass {

    /// Number of sequences whose gradients are summed by one thread.
    private static final int SHARE = 16;

    private final GruKernel kernel;
    private final double[][] inputColumns;
    private final double[][] recurrentColumns;
    private final List<GruTape> tapes;

    /// @param inputWeights the kernel's, shape [inputs][3·hidden]
    /// @param recurrentWeights the kernel's, shape [hidden][3·hidden]
    GruPass(GruKernel kernel, double[][] inputWeights, double[][] recurrentWeights, List<GruSequence> batch) {
        this.kernel = kernel;
        this.inputColumns = transposed(inputWeights);
        this.recurrentColumns = transposed(recurrentWeights);
        this.tapes = batch.parallelStream()
                .map(sequence -> new GruTape(kernel, sequence))
                .toList();
    }

    /// Number of sequences.
    int size() {
        return tapes.size();
    }

    /// Number of steps of each.
    int steps() {
        return tapes.getFirst().steps();
    }

    /// The states after every step.
    ///
    /// @return shape [batch][steps][hidden], flat
    double[] outputs() {
        double[] outputs = new double[size() * steps() * kernel.hidden()];
        for (int i = 0; i < size() * steps(); i++) {
            double[] state = tapes.get(i / steps()).state(i % steps());
            System.arraycopy(state, 0, outputs, i * state.length, state.length);
        }
        return outputs;
    }

    /// The states after the last step.
    ///
    /// @return shape [batch][hidden]
    double[][] last() {
        return tapes.stream().map(tape -> tape.state(steps() - 1)).toArray(double[][]::new);
    }

    /// Runs the backward pass.
    ///
    /// @param outputGradient shape [batch][steps][hidden]: derivatives of the loss by the outputs
    /// @param length number of steps to go back; earlier steps get no gradient
    /// @param byInput shape [batch][steps][inputs]: receives the derivatives by the inputs
    /// @return the derivatives by the parameters, summed over the batch
    GruGradients back(double[][][] outputGradient, int length, double[][][] byInput) {
        int shares = (tapes.size() + SHARE - 1) / SHARE;
        List<GruGradients> sums = IntStream.range(0, shares)
                .parallel()
                .mapToObj(share -> {
                    GruGradients sum = new GruGradients(inputColumns, recurrentColumns);
                    int end = Math.min((share + 1) * SHARE, tapes.size());
                    for (int i = share * SHARE; i < end; i++) {
                        byInput[i] = tapes.get(i).back(outputGradient[i], length, sum);
                    }
                    return sum;
                })
                .toList();
        return sums.stream().skip(1).reduce(sums.getFirst(), GruGradients::plus);
    }
}
