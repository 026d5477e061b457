package io.aerocast.forecast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tensors of one model by name.
final class Tensors {

    private final Map<String, Tensor> byName = new LinkedHashMap<>();

    /// @throws IllegalArgumentException if two have the same name
    Tensors(List<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new IllegalArgumentException("%s occurs twice".formatted(tensor.name()));
            }
        }
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    /// @throws IllegalArgumentException if there is none of this name
    Tensor require(String name) {
        Tensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("%s is missing (found %s)".formatted(name, byName.keySet()));
        }
        return tensor;
    }

    /// @throws IllegalArgumentException if there is none of this name
    double[] values(String name) {
        return require(name).values();
    }

    /// @throws IllegalArgumentException if there is none of this name, or not of this length
    double[] values(String name, int length) {
        return Tensor.vector(name, length, values(name)).values();
    }

    /// @throws IllegalArgumentException if there is none of this name
    double value(String name) {
        return values(name, 1)[0];
    }

    /// @throws IllegalArgumentException if there is none of this name, or none of two dimensions
    Tensor matrix(String name) {
        Tensor tensor = require(name);
        if (tensor.shape().size() != 2) {
            throw new IllegalArgumentException(
                    "%s must have two dimensions, found the shape %s".formatted(name, tensor.shape()));
        }
        return tensor;
    }
}
