package io.aerocast.trainer.run;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.lake.AtomicFile;
import io.aerocast.trainer.track.RunFiles;
import io.aerocast.training.Trial;
import io.aerocast.training.dataset.FeatureStatistics;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.onnx.OnnxExport;
import io.aerocast.training.onnx.OnnxSignature;
import io.aerocast.training.onnx.OnnxSignature.Field;
import io.aerocast.training.plot.Chart;
import io.aerocast.training.report.Plots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The files of a candidate for people: the model in AeroCast's form and as ONNX with an example of its inputs, the
/// statistics of the readings, and plots.
final class Exhibits {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Exhibits() {}

    /// Writes them all. The plots are of the model that was judged: the hold-out is new to it, while the model
    /// that is released may have been fitted to it.
    ///
    /// @param artifact the candidate's portable form
    /// @throws IOException if the disk does not take them
    static void write(RunFiles files, Trial trial, byte[] artifact, Split.Parts parts) throws IOException {
        Fitted fitted = trial.fitted();
        Path artifacts = files.artifacts();
        AtomicFile.replace(artifacts.resolve("model.aerocast"), artifact);
        byte[] onnx = OnnxExport.write(fitted.model());
        AtomicFile.replace(files.model().resolve("model.onnx"), onnx);
        AtomicFile.replace(
                files.model().resolve("input_example.json"),
                json(example(OnnxSignature.of(onnx), example(parts.holdOut().samples()), fitted.model())));
        AtomicFile.replace(artifacts.resolve("features.json"), json(features(parts)));
        for (Map.Entry<String, Chart> plot : Plots.of(
                        trial.judged(), trial.verdict().scores(), parts.holdOut())
                .entrySet()) {
            Path file = artifacts.resolve("plots").resolve(plot.getKey() + ".svg");
            AtomicFile.replace(file, plot.getValue().svg().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> features(Split.Parts parts) {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("training", FeatureStatistics.of(parts.train()));
        features.put("validation", FeatureStatistics.of(parts.validation()));
        features.put("holdout", FeatureStatistics.of(parts.holdOut()));
        features.put("quality", parts.quality().features());
        return features;
    }

    /// The first window without a missing reading; JSON has no `NaN`.
    private static Lookback example(List<Sample> samples) {
        return samples.stream()
                .map(Sample::lookback)
                .filter(lookback -> Arrays.stream(lookback.rows())
                        .flatMapToDouble(Arrays::stream)
                        .allMatch(Double::isFinite))
                .findFirst()
                .orElse(samples.getFirst().lookback());
    }

    /// A batch of one window, by the names of the graph's inputs.
    private static Map<String, Object> example(OnnxSignature signature, Lookback lookback, ForecastModel model) {
        double[][] rows = lookback.rows();
        double[][] newest = Arrays.copyOfRange(rows, rows.length - model.card().lookback(), rows.length);
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (Field input : signature.inputs()) {
            inputs.put(
                    input.name(),
                    switch (input.name()) {
                        case "lookback" -> List.of(numbers(newest));
                        case "origin" ->
                            List.of(
                                    lookback.origin() == null
                                            ? OnnxExport.UNKNOWN
                                            : lookback.origin().getEpochSecond());
                        default ->
                            throw new IllegalStateException("An ONNX graph has an unknown input: %s".formatted(input));
                    });
        }
        return inputs;
    }

    private static List<List<@Nullable Double>> numbers(double[][] rows) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row)
                        .<@Nullable Double>mapToObj(value -> Double.isNaN(value) ? null : value)
                        .toList())
                .toList();
    }

    private static byte[] json(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }
}
