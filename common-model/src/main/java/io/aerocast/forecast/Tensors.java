package io.aerocast.forecast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tensors of one model by name.
final class Tensors {

    private final Map<String, Tensor> byName = new LinkedHashMap<>();

    Tensors(List<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            byName.put(tensor.name(), tensor);
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
}
