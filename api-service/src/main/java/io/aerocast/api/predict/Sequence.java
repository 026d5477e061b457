package io.aerocast.api.predict;

import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// The readings in a request.
///
/// @param rows shape [rows][features], oldest first, in the features' units; `NaN` for a missing reading
record Sequence(double[][] rows) {

    /// Reads `[[t, w, p], …]`, `[[t], …]` or `[t, …]`, where `null` is a missing reading.
    ///
    /// @throws Problem 400 for any other JSON, or rows of different lengths
    static Sequence read(JsonNode json) {
        if (!json.isArray() || json.isEmpty()) {
            throw Problem.invalid("Field 'sequence': expected an array of rows, oldest first, found %s"
                    .formatted(RequestFields.quoted(json)));
        }
        double[][] rows = new double[json.size()][];
        boolean nested = json.get(0).isArray();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = nested ? row(json.get(i), i) : new double[] {reading(json.get(i), "sequence[%d]".formatted(i))};
            if (rows[i].length != rows[0].length) {
                throw Problem.invalid(
                        "Field 'sequence': expected rows of equal length, found %d values in row 0 and %d in row %d"
                                .formatted(rows[0].length, rows[i].length, i));
            }
        }
        return new Sequence(rows);
    }

    /// The readings in the order of a view of the pipeline.
    Sequence ordered(Pipeline pipeline, Pipeline view) {
        int[] columns = view.featureNames().stream().mapToInt(pipeline::indexOf).toArray();
        return new Sequence(Arrays.stream(rows)
                .map(row -> Arrays.stream(columns)
                        .mapToDouble(column -> row[column])
                        .toArray())
                .toArray(double[][]::new));
    }

    int features() {
        return rows[0].length;
    }

    /// @throws Problem 400 if the number of features differs or a reading is outside its plausible range
    void requirePlausible(Pipeline pipeline) {
        if (features() != pipeline.features().size()) {
            throw Problem.invalid("Field 'sequence': expected rows of %d for pipeline %s %s, found rows of %d"
                    .formatted(pipeline.features().size(), pipeline.name(), pipeline.featureNames(), features()));
        }
        for (int i = 0; i < rows.length; i++) {
            for (int f = 0; f < features(); f++) {
                requirePlausible(pipeline.features().get(f), rows[i][f], i);
            }
        }
    }

    /// @throws Problem 400 if there are fewer rows
    void requireRows(int needed) {
        if (rows.length < needed) {
            throw Problem.invalid(
                    "Field 'sequence': expected at least %d rows, found %d".formatted(needed, rows.length));
        }
    }

    /// The readings with missing rows before them, up to a number of rows.
    Sequence filled(int needed) {
        if (rows.length >= needed) {
            return this;
        }
        double[][] all = new double[needed][];
        int missing = needed - rows.length;
        for (int i = 0; i < missing; i++) {
            all[i] = new double[features()];
            Arrays.fill(all[i], Double.NaN);
        }
        System.arraycopy(rows, 0, all, missing, rows.length);
        return new Sequence(all);
    }

    /// @throws Problem 400 if the latest reading of the target, the first feature, is missing
    void requireLatest(Feature target) {
        if (Double.isNaN(rows[rows.length - 1][0])) {
            throw Problem.invalid(
                    "Field 'sequence': expected a %s in the last row, found null".formatted(target.name()));
        }
    }

    private static void requirePlausible(Feature feature, double value, int row) {
        if (!Double.isNaN(value) && !feature.plausible(value)) {
            throw Problem.invalid("Field 'sequence': expected %s from %s to %s %s, found %s in row %d"
                    .formatted(feature.name(), feature.minimum(), feature.maximum(), feature.unit(), value, row));
        }
    }

    private static double[] row(JsonNode json, int index) {
        if (!json.isArray() || json.isEmpty()) {
            throw Problem.invalid("Field 'sequence[%d]': expected an array of numbers, found %s"
                    .formatted(index, RequestFields.quoted(json)));
        }
        double[] row = new double[json.size()];
        for (int f = 0; f < row.length; f++) {
            row[f] = reading(json.get(f), "sequence[%d][%d]".formatted(index, f));
        }
        return row;
    }

    private static double reading(JsonNode json, String name) {
        return json.isNull() ? Double.NaN : RequestFields.finite(name, json);
    }
}
