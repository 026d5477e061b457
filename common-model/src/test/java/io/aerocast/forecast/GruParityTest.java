package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the kernel with other implementations of the same formulas, on vectors from `gru-vectors.py` and
/// `pytorch-vectors.py`.
class GruParityTest {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static Stream<JsonNode> cases() {
        return cases("gru-vectors.json");
    }

    /// One layer and two layers; the file names the version of PyTorch.
    static Stream<JsonNode> pytorchCases() {
        return cases("pytorch-vectors.json");
    }

    private static Stream<JsonNode> cases(String file) {
        JsonNode vectors = MAPPER.readTree(GruParityTest.class.getResourceAsStream(file));
        return StreamSupport.stream(vectors.get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("pytorchCases")
    void statesEqualThoseOfPytorch(JsonNode vectors) {
        double[][] sequence = matrix(vectors, "x");
        for (JsonNode layer : vectors.get("layers")) {
            sequence = kernel(layer, sequence[0].length, vectors.get("hidden").intValue())
                    .states(sequence);
        }
        assertStates(sequence, matrix(vectors, "states"), 1e-13);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statesEqualTheReferenceInDoublePrecision(JsonNode vectors) {
        assertStates(vectors, "reference", 1e-14);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statesEqualOnnxRuntimeInSinglePrecision(JsonNode vectors) {
        assertStates(vectors, "onnxRuntime", 1e-6);
    }

    private static void assertStates(JsonNode vectors, String implementation, double tolerance) {
        GruKernel kernel = kernel(
                vectors, vectors.get("inputs").intValue(), vectors.get("hidden").intValue());
        assertStates(kernel.states(matrix(vectors, "x")), matrix(vectors, implementation), tolerance);
    }

    private static void assertStates(double[][] found, double[][] expected, double tolerance) {
        assertThat(found).hasDimensions(expected.length, expected[0].length);
        for (int step = 0; step < expected.length; step++) {
            assertThat(found[step]).as("step %d", step).containsExactly(expected[step], within(tolerance));
        }
    }

    private static GruKernel kernel(JsonNode vectors, int inputs, int hidden) {
        return new GruKernel(
                inputs,
                hidden,
                transposed(matrix(vectors, "weightIh")),
                transposed(matrix(vectors, "weightHh")),
                MAPPER.treeToValue(vectors.get("biasIh"), double[].class),
                MAPPER.treeToValue(vectors.get("biasHh"), double[].class));
    }

    private static double[][] matrix(JsonNode vectors, String name) {
        return MAPPER.treeToValue(vectors.get(name), double[][].class);
    }

    private static double[] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[0].length; column++) {
                transposed[column][row] = matrix[row][column];
            }
        }
        return WeightedRows.join(transposed);
    }
}
