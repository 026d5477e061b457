package io.aerocast.training.fit;

import org.jspecify.annotations.Nullable;

/// One sequence of a batch, input of a [Gru] layer.
///
/// @param x shape [steps][inputs], oldest first; zeros where a step is masked
/// @param mask shape [steps], zero where a step is masked; `null` if no step is masked
/// @param start shape [hidden], the state before the first step
record GruSequence(double[][] x, double @Nullable [] mask, double[] start) {

    GruSequence {
        for (int step = 0; mask != null && step < x.length; step++) {
            if (mask[step] == 0) {
                x[step] = new double[x[step].length]; // the masked value, possibly NaN, must not reach a sum
            }
        }
    }

    int steps() {
        return x.length;
    }

    boolean present(int step) {
        return mask == null || mask[step] != 0;
    }
}
