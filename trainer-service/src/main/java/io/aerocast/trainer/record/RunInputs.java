package io.aerocast.trainer.record;

import io.aerocast.event.Checksum;
import io.aerocast.lake.AtomicFile;
import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.TrainingSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Everything that the fits of a run depend on beside the code: with the same inputs, build, Java and operating
/// system a fit gives the same artifact, byte for byte. Kept beside the run's record, in
/// `runs/<id>/inputs.json`, because a long history has many files.
///
/// @param pipeline as it was configured
/// @param settings of the split, the fits and the gate, in the form of [TrainingSettings]
/// @param files the landed windows, in the order in which they were read
public record RunInputs(Pipeline pipeline, JsonNode settings, List<LandedFile> files) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public RunInputs {
        files = List.copyOf(files);
    }

    /// A landed window.
    ///
    /// @param path of the file, relative to the data directory where it is below it
    /// @param startOffset offset of its first observation in its partition of the observations topic
    /// @param endOffset offset of its last observation
    /// @param sha256 of the file, hexadecimal
    public record LandedFile(
            String path, String station, int partition, long startOffset, long endOffset, String sha256) {}

    /// The inputs of a run that begins.
    ///
    /// @param directory the data directory
    /// @throws IOException if a file cannot be read
    public static RunInputs of(Pipeline pipeline, TrainingSettings settings, List<WindowFile> files, Path directory)
            throws IOException {
        List<LandedFile> landed = new ArrayList<>();
        for (WindowFile file : files) {
            landed.add(new LandedFile(
                    directory.relativize(file.path()).toString(),
                    file.station(),
                    file.partition(),
                    file.startOffset(),
                    file.endOffset(),
                    sha256(file.path())));
        }
        return new RunInputs(pipeline, MAPPER.valueToTree(settings), landed);
    }

    /// Reads the inputs of a run.
    ///
    /// @throws IOException if they cannot be read, or are not those of the record
    public static RunInputs read(Path file, String sha256) throws IOException {
        byte[] json = Files.readAllBytes(file);
        if (!Checksum.of(json).equals(sha256)) {
            throw new IOException("The inputs in %s are not those of the run's record: expected SHA-256 %s, found %s"
                    .formatted(file, sha256, Checksum.of(json)));
        }
        return MAPPER.readValue(json, RunInputs.class);
    }

    /// Keeps the inputs.
    ///
    /// @return SHA-256 of the file
    public String write(Path file) throws IOException {
        byte[] json = MAPPER.writeValueAsBytes(this);
        AtomicFile.replace(file, json);
        return Checksum.of(json);
    }

    /// The settings of the run.
    ///
    /// @throws IllegalArgumentException if this build has other ones
    public TrainingSettings trainingSettings() {
        return MAPPER.treeToValue(settings, TrainingSettings.class);
    }

    /// The hash of a file as in [LandedFile].
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Checksum.of(in);
        }
    }
}
