package io.aerocast.forecast;

import java.util.List;

/// A named array of a model in its artifact.
///
/// @param name unique within the model
/// @param shape the length of each dimension
/// @param values row-major: the last dimension varies fastest
record Tensor(String name, List<Integer> shape, double[] values) {

    Tensor {
        shape = List.copyOf(shape);
        if (values.length != size(shape)) {
            throw new IllegalArgumentException(
                    "%s needs %d values for its shape %s, found %d".formatted(name, size(shape), shape, values.length));
        }
    }

    static Tensor vector(String name, int length, double[] values) {
        return new Tensor(name, List.of(length), values);
    }

    static Tensor matrix(String name, int rows, int columns, double[] values) {
        return new Tensor(name, List.of(rows, columns), values);
    }

    /// @throws IllegalArgumentException if the shape overflows or has a dimension that is not positive
    static int size(List<Integer> shape) {
        int size = 1;
        for (int dimension : shape) {
            if (dimension < 1) {
                throw new IllegalArgumentException("A shape's dimensions are positive, found %s".formatted(shape));
            }
            try {
                size = Math.multiplyExact(size, dimension);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("The shape %s is too large".formatted(shape), e);
            }
        }
        return size;
    }

    /// The rows of a matrix, copied.
    double[][] split() {
        return WeightedRows.split(values, shape.getFirst(), shape.getLast());
    }

    int rows() {
        return shape.getFirst();
    }

    /// @return this
    /// @throws IllegalArgumentException if a value is infinite or `NaN`
    Tensor requireFinite() {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("%s must be finite, found %s".formatted(name, value));
            }
        }
        return this;
    }
}
