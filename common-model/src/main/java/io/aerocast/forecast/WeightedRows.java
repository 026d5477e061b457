package io.aerocast.forecast;

/// A row vector times a matrix, the hot loop of a network. Rows are separate arrays without offsets, because only
/// then the JIT compiler rules out aliasing and vectorises; four at a time, to store the sums less often. Fused
/// multiply-adds are exact by definition, so every platform computes the same bits.
public final class WeightedRows {

    private WeightedRows() {}

    /// Adds to each of the first `length` sums: `sums[j] += Σ factors[i] · rows[i][j]`, in the order of `i`.
    ///
    /// @param factors at least as many as there are rows
    /// @param rows each at least `length` long, none of them `sums`
    public static void addTo(double[] sums, int length, double[] factors, double[][] rows) {
        int i = 0;
        for (; i + 4 <= rows.length; i += 4) {
            addFour(
                    sums,
                    length,
                    factors[i],
                    rows[i],
                    factors[i + 1],
                    rows[i + 1],
                    factors[i + 2],
                    rows[i + 2],
                    factors[i + 3],
                    rows[i + 3]);
        }
        for (; i < rows.length; i++) {
            addOne(sums, length, factors[i], rows[i]);
        }
    }

    private static void addFour(
            double[] sums,
            int length,
            double a,
            double[] rowA,
            double b,
            double[] rowB,
            double c,
            double[] rowC,
            double d,
            double[] rowD) {
        for (int j = 0; j < length; j++) {
            sums[j] = Math.fma(d, rowD[j], Math.fma(c, rowC[j], Math.fma(b, rowB[j], Math.fma(a, rowA[j], sums[j]))));
        }
    }

    private static void addOne(double[] sums, int length, double factor, double[] row) {
        for (int j = 0; j < length; j++) {
            sums[j] = Math.fma(factor, row[j], sums[j]);
        }
    }

    /// The rows of a row-major matrix.
    public static double[][] split(double[] flat, int rows, int columns) {
        double[][] split = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(flat, row * columns, split[row], 0, columns);
        }
        return split;
    }

    /// The inverse of [#split].
    public static double[] join(double[][] rows) {
        double[] flat = new double[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
        }
        return flat;
    }
}
