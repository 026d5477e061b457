package io.aerocast.trainer.run;

import io.aerocast.lake.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The run records, one JSON file each.
final class RunRecords {

    private static final Logger log = LoggerFactory.getLogger(RunRecords.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path directory;

    RunRecords(Path directory) {
        this.directory = directory;
    }

    /// The record of a run.
    ///
    /// @throws IOException if it is there and cannot be read; the message names the file
    Optional<RunRecord> find(String id) throws IOException {
        try {
            return Optional.of(read(file(id)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Keeps a record, in place of an earlier one of the same run.
    void save(RunRecord run) throws IOException {
        AtomicFile.replace(file(run.id()), MAPPER.writeValueAsBytes(run));
    }

    /// All records that can be read; the others are reported.
    List<RunRecord> all() throws IOException {
        List<RunRecord> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                readable(file).ifPresent(records::add);
            }
        } catch (NoSuchFileException _) {
            // No run yet.
        }
        return records;
    }

    private static Optional<RunRecord> readable(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", e.getMessage())
                    .log("run record left aside");
            return Optional.empty();
        }
    }

    private Path file(String id) {
        return directory.resolve(id + ".json");
    }

    private static RunRecord read(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            RunRecord run = MAPPER.readValue(json, RunRecord.class);
            if (run.schema() != RunRecord.SCHEMA) {
                throw new IOException("Cannot read run record %s of schema version %d (supported: %d)"
                        .formatted(file, run.schema(), RunRecord.SCHEMA));
            }
            return run;
        } catch (JacksonException e) {
            throw new IOException("Cannot read run record %s: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }
}
