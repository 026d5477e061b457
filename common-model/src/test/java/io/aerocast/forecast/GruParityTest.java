package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds the kernel against other implementations of the same formulas, by the vectors that `gru-vectors.py` wrote.
class GruParityTest {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static Stream<JsonNode> cases() {
        JsonNode vectors = MAPPER.readTree(GruParityTest.class.getResourceAsStream("gru-vectors.json"));
        return StreamSupport.stream(vectors.get("cases").spliterator(), false);
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
        double[][] expected = matrix(vectors, implementation);
        double[][] found = kernel(vectors).states(matrix(vectors, "x"));
        assertThat(found).hasDimensions(expected.length, expected[0].length);
        for (int step = 0; step < expected.length; step++) {
            assertThat(found[step]).as("step %d", step).containsExactly(expected[step], within(tolerance));
        }
    }

    private static GruKernel kernel(JsonNode vectors) {
        return new GruKernel(
                vectors.get("inputs").intValue(),
                vectors.get("hidden").intValue(),
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
