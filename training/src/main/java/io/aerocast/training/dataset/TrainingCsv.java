package io.aerocast.training.dataset;

import io.aerocast.csv.CsvLine;
import io.aerocast.csv.CsvLines;
import io.aerocast.forecast.Lookback;
import io.aerocast.lake.AtomicFile;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Training windows as a CSV file: a header `t0_temp,t0_wind,t0_pressure,t1_temp,…,target`, then one window per
/// line, oldest step first, oldest window first. The target is the first feature one step after the last one. A
/// missing reading is an empty cell. The file holds no times and no stations.
public final class TrainingCsv {

    private static final Logger log = LoggerFactory.getLogger(TrainingCsv.class);
    private static final String TARGET = "target";
    private static final Pattern STEP = Pattern.compile("t(\\d{1,6})_(.+)");

    private TrainingCsv() {}

    /// The contract of a training file of a pipeline: a window of any length, one step ahead.
    ///
    /// @param window rows of each window, at least 2
    public static Pipeline contract(Pipeline pipeline, int window) {
        return new Pipeline(
                pipeline.name(), pipeline.features(), pipeline.cadence(), window, List.of(1), pipeline.seasons());
    }

    /// Writes windows atomically: the file is complete or unchanged.
    ///
    /// @param data of a pipeline of [#contract]
    /// @throws IOException if the file cannot be written
    public static void write(Path file, Dataset data) throws IOException {
        if (!data.pipeline().horizons().equals(List.of(1))) {
            throw new IllegalArgumentException("A training file holds targets one step ahead, found horizons %s"
                    .formatted(data.pipeline().horizons()));
        }
        StringBuilder csv = new StringBuilder(String.join(",", header(data.pipeline()))).append('\n');
        for (Sample sample : data.samples()) {
            StringJoiner line = new StringJoiner(",", "", "\n");
            for (double[] row : sample.lookback().rows()) {
                for (double value : row) {
                    line.add(cell(value));
                }
            }
            csv.append(line.add(cell(sample.targets()[0])));
        }
        AtomicFile.replace(file, csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads windows. Blank lines are skipped; lines without a target, or with a window that is too sparse to
    /// forecast from, are left out with a warning.
    ///
    /// @return data of the [#contract] pipeline, without times
    /// @throws IOException if the file does not exist or cannot be read
    /// @throws IllegalArgumentException if it holds other windows than the pipeline's, naming the cause
    public static Dataset read(Path file, Pipeline pipeline) throws IOException {
        List<CsvLine> lines = CsvLines.all(file);
        Optional<CsvLine> first = lines.isEmpty() ? Optional.empty() : Optional.of(lines.getFirst());
        Pipeline contract = contract(pipeline, window(file, header(file, first), pipeline));
        List<Sample> samples = new ArrayList<>();
        int leftOut = 0;
        for (CsvLine line : lines.subList(1, lines.size())) {
            if (line.text().isBlank()) {
                continue;
            }
            Sample sample = sample(file, line, contract);
            if (usable(sample)) {
                samples.add(sample);
            } else {
                leftOut++;
            }
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s holds no window to train on (%d lines, %d without a target or too sparse)"
                            .formatted(file, lines.size() - 1, leftOut));
        }
        if (leftOut > 0) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("rows", leftOut)
                    .log("lines left out: no target, or too few readings in the window");
        }
        return Dataset.of(contract, samples);
    }

    /// Finds the pipeline whose features the header of a file names.
    ///
    /// @throws IOException if the file does not exist or cannot be read
    /// @throws IllegalArgumentException if the header names the features of no pipeline
    public static Pipeline pipelineOf(Path file, Pipelines pipelines) throws IOException {
        List<String> columns = header(file, CsvLines.first(file));
        List<String> features = columns.stream()
                .filter(column -> column.startsWith("t0_"))
                .map(column -> column.substring("t0_".length()))
                .toList();
        return pipelines.all().stream()
                .filter(pipeline -> columns(pipeline).equals(features))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("%s holds windows of %s; no pipeline has these features (%s)"
                                .formatted(
                                        file,
                                        features,
                                        pipelines.all().stream()
                                                .map(pipeline -> pipeline.name() + ": " + columns(pipeline))
                                                .collect(Collectors.joining(", ")))));
    }

    private static List<String> header(Pipeline pipeline) {
        List<String> header = IntStream.range(0, pipeline.lookback())
                .boxed()
                .flatMap(step -> columns(pipeline).stream().map(column -> "t%d_%s".formatted(step, column)))
                .collect(Collectors.toCollection(ArrayList::new));
        header.add(TARGET);
        return header;
    }

    private static List<String> header(Path file, Optional<CsvLine> first) {
        return cells(
                file,
                first.filter(line -> !line.text().isBlank())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s is empty; expected a header t0_…,target".formatted(file))));
    }

    /// The window length of a header, after checking every column.
    private static int window(Path file, List<String> header, Pipeline pipeline) {
        requireFeatures(file, header, pipeline);
        int features = pipeline.features().size();
        int window = (header.size() - 1) / features;
        if (window < 2) {
            throw new IllegalArgumentException(
                    "%s holds windows of %d step; a window has at least 2".formatted(file, window));
        }
        List<String> expected = header(contract(pipeline, window));
        for (int i = 0; i < header.size(); i++) {
            String wanted = i < expected.size() ? expected.get(i) : "nothing more";
            if (!header.get(i).equals(wanted)) {
                throw new IllegalArgumentException(
                        "%s: column %d must be '%s', found '%s'".formatted(file, i + 1, wanted, header.get(i)));
            }
        }
        return window;
    }

    private static void requireFeatures(Path file, List<String> header, Pipeline pipeline) {
        List<String> found = header.stream()
                .map(STEP::matcher)
                .filter(Matcher::matches)
                .map(column -> column.group(2))
                .distinct()
                .toList();
        if (!found.equals(columns(pipeline))) {
            throw new IllegalArgumentException("%s holds windows of %d feature(s) %s, but pipeline %s has %d: %s"
                    .formatted(
                            file,
                            found.size(),
                            found,
                            pipeline.name(),
                            pipeline.features().size(),
                            columns(pipeline)));
        }
        if (!header.getLast().equals(TARGET)) {
            throw new IllegalArgumentException(
                    "%s: the last column must be '%s', found '%s'".formatted(file, TARGET, header.getLast()));
        }
    }

    private static Sample sample(Path file, CsvLine line, Pipeline contract) {
        List<String> cells = cells(file, line);
        String place = place(file, line);
        int features = contract.features().size();
        int expected = contract.lookback() * features + 1;
        if (cells.size() != expected) {
            throw new IllegalArgumentException(
                    "%s: expected %d cells, found %d".formatted(place, expected, cells.size()));
        }
        double[][] rows = new double[contract.lookback()][features];
        for (int i = 0; i < expected - 1; i++) {
            rows[i / features][i % features] = value(cells.get(i), place, i);
        }
        double target = value(cells.getLast(), place, expected - 1);
        return new Sample(new Lookback(rows, null), new double[] {target});
    }

    private static boolean usable(Sample sample) {
        return sample.lookback().usable() && !Double.isNaN(sample.targets()[0]);
    }

    private static double value(String cell, String place, int index) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Rejected below, as is an infinite value.
        }
        throw new IllegalArgumentException(
                "%s: cell %d must be a finite number, or empty where a reading is missing, found '%s'"
                        .formatted(place, index + 1, cell));
    }

    private static List<String> cells(Path file, CsvLine line) {
        try {
            return line.cells().stream().map(String::strip).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(place(file, line), e.getMessage()), e);
        }
    }

    private static String place(Path file, CsvLine line) {
        return "%s line %d".formatted(file, line.number());
    }

    private static List<String> columns(Pipeline pipeline) {
        return pipeline.features().stream().map(Feature::column).toList();
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
