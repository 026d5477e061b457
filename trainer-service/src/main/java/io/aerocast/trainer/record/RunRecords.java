package io.aerocast.trainer.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.aerocast.lake.AtomicFile;
import io.aerocast.trainer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The run records of a data directory, one JSON file each. It writes schema 3, and reads schemas 1 and 2 as well.
public final class RunRecords {

    private static final Logger log = LoggerFactory.getLogger(RunRecords.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Outcome.class, TypedOutcome.class)
            .build();

    /// How an [Outcome] shows its state: `"outcome": "published"`.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Outcome.Unfitted.class, name = "unfitted"),
        @JsonSubTypes.Type(value = Outcome.Vetoed.class, name = "vetoed"),
        @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
        @JsonSubTypes.Type(value = Outcome.Held.class, name = "held"),
        @JsonSubTypes.Type(value = Outcome.Proven.class, name = "proven"),
        @JsonSubTypes.Type(value = Outcome.Published.class, name = "published"),
        @JsonSubTypes.Type(value = Outcome.Unpublished.class, name = "unpublished")
    })
    private interface TypedOutcome {}

    private final Path runs;
    private final SchemaOne schemaOne;
    private final SchemaTwo schemaTwo = new SchemaTwo(MAPPER);

    /// @param directory need not hold any run yet
    public RunRecords(DataDirectory directory) {
        this.runs = directory.runs();
        this.schemaOne = new SchemaOne(MAPPER, directory);
    }

    /// The record of a run.
    ///
    /// @throws UnreadableRunException if it is there and cannot be read
    /// @throws IOException if the disk fails
    public Optional<RunRecord> find(String id) throws IOException {
        try {
            return Optional.of(read(file(id)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Keeps a record, in place of an earlier one of the same run.
    ///
    /// @return the record
    /// @throws IOException if it cannot be written; the earlier record is still there then
    public RunRecord save(RunRecord run) throws IOException {
        AtomicFile.replace(file(run.id()), MAPPER.writeValueAsBytes(run));
        return run;
    }

    /// All records that can be read; the others are logged.
    public List<RunRecord> all() throws IOException {
        List<RunRecord> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(runs)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                readable(file).ifPresent(records::add);
            }
        } catch (NoSuchFileException _) {
            // No run yet.
        }
        return records;
    }

    /// A value that changes with every record that is written: whoever looks at the records often reads them again
    /// only then.
    ///
    /// @throws IOException if the directory cannot be listed
    public int state() throws IOException {
        int state = 0;
        try (Stream<Path> files = Files.list(runs)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                state += Objects.hash(file, Files.getLastModifiedTime(file), Files.size(file));
            }
        } catch (NoSuchFileException _) {
            // No run yet.
        }
        return state;
    }

    private Optional<RunRecord> readable(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", e.getMessage())
                    .log("run record cannot be read, it is left out");
            return Optional.empty();
        }
    }

    /// The inputs of a run.
    ///
    /// @return empty if its record has none, as those of earlier versions
    /// @throws IOException if they cannot be read
    public Optional<RunInputs> inputs(RunRecord run) throws IOException {
        return run.inputs() == null ? Optional.empty() : Optional.of(RunInputs.read(inputsFile(run), run.inputs()));
    }

    /// Keeps the inputs of a run, and notes them in its record.
    public RunRecord keep(RunRecord run, RunInputs inputs) throws IOException {
        return save(run.withInputs(inputs.write(inputsFile(run))));
    }

    private Path inputsFile(RunRecord run) {
        return runs.resolve(run.id()).resolve("inputs.json");
    }

    private Path file(String id) {
        return runs.resolve(id + ".json");
    }

    private RunRecord read(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            JsonNode run = MAPPER.readTree(json);
            int schema = run.path("schema").asInt(0);
            return switch (schema) {
                case SchemaOne.SCHEMA -> schemaOne.read(run);
                case SchemaTwo.SCHEMA -> schemaTwo.read(run);
                case RunRecord.SCHEMA -> MAPPER.treeToValue(run, RunRecord.class);
                default ->
                    throw new UnreadableRunException(
                            "Cannot read run record %s of schema version %d (supported: %d to %d)"
                                    .formatted(file, schema, SchemaOne.SCHEMA, RunRecord.SCHEMA));
            };
        } catch (RuntimeException e) {
            // Whatever is wrong with one file must not hide the others, nor stop the trainer from starting.
            throw new UnreadableRunException("Cannot read run record %s: %s".formatted(file, cause(e)), e);
        }
    }

    private static String cause(RuntimeException e) {
        return e instanceof JacksonException json ? json.getOriginalMessage() : e.toString();
    }
}
