package io.aerocast.trainer.track;

import io.aerocast.lake.AtomicFile;
import io.aerocast.trainer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The runs in the data directory: `runs/<run id>/<kind>/` ([RunFiles]), and `models/aliases.json`. Safe for
/// use by several threads of one process.
public final class LocalRunLog implements RunLog {

    private static final Logger log = LoggerFactory.getLogger(LocalRunLog.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path directory;
    private final Path aliasFile;

    /// @param data need not hold any run yet
    public LocalRunLog(DataDirectory data) {
        this.directory = data.runs();
        this.aliasFile = data.models().resolve("aliases.json");
    }

    /// Where the files of a run are, or will be.
    ///
    /// @throws IllegalArgumentException if that would be outside of the directory
    public RunFiles files(String key) {
        Path files = directory.resolve(key).normalize();
        if (!files.startsWith(directory.normalize()) || files.equals(directory.normalize())) {
            throw new IllegalArgumentException("A run's key is '<run>/<kind>', found '%s'".formatted(key));
        }
        return new RunFiles(files);
    }

    /// A run.
    ///
    /// @throws IOException if it is there and cannot be read; the message names the file
    public Optional<TrackedRun> find(String key) throws IOException {
        try {
            return Optional.of(read(files(key).record()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// The run that made a version of a model.
    public Optional<TrackedRun> find(String pipeline, String model, String version) throws IOException {
        return all().stream()
                .filter(run ->
                        run.pipeline().equals(pipeline) && run.model().equals(model) && version.equals(run.version()))
                .findFirst();
    }

    @Override
    public synchronized void log(TrackedRun run, RunFiles files) throws IOException {
        Path record = files(run.key()).record();
        if (Files.exists(record)) {
            return;
        }
        move(run.pipeline(), Aliases.after(run));
        AtomicFile.replace(record, MAPPER.writeValueAsBytes(run));
    }

    @Override
    public synchronized void log(Served served) throws IOException {
        Aliases change = Aliases.after(served);
        for (String version : List.of(served.version(), served.before())) {
            if (find(served.pipeline(), served.model(), version).isEmpty()) {
                change = change.without(version);
            }
        }
        move(served.pipeline(), change);
    }

    private void move(String pipeline, Aliases change) throws IOException {
        SortedMap<String, SortedMap<String, String>> all = readAliases();
        SortedMap<String, String> aliases = all.computeIfAbsent(pipeline, _ -> new TreeMap<>());
        aliases.keySet().removeAll(change.removed());
        aliases.putAll(change.moved());
        AtomicFile.replace(aliasFile, MAPPER.writeValueAsBytes(all));
    }

    @Override
    public List<RunSummary> newest(int most) throws IOException {
        return all().stream().limit(most).map(RunSummary::of).toList();
    }

    @Override
    public synchronized Map<String, String> aliases(String pipeline) throws IOException {
        return readAliases().getOrDefault(pipeline, new TreeMap<>());
    }

    @Override
    public byte[] artifact(String key, String path) throws IOException {
        return Files.readAllBytes(files(key).artifacts().resolve(path));
    }

    /// Every run that can be read, newest first; the others are reported.
    private List<TrackedRun> all() throws IOException {
        List<TrackedRun> runs = new ArrayList<>();
        for (Path file : records()) {
            try {
                runs.add(read(file));
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("cause", e.getMessage())
                        .log("tracked run left aside");
            }
        }
        runs.sort(Comparator.comparing(TrackedRun::startedAt)
                .thenComparing(TrackedRun::key)
                .reversed());
        return runs;
    }

    private List<Path> records() throws IOException {
        try (Stream<Path> runs = Files.find(directory, 3, (path, _) -> path.endsWith("run.json"))) {
            return runs.toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private SortedMap<String, SortedMap<String, String>> readAliases() throws IOException {
        try {
            return MAPPER.readValue(Files.readAllBytes(aliasFile), new TypeReference<>() {});
        } catch (NoSuchFileException _) {
            return new TreeMap<>();
        } catch (JacksonException e) {
            Path broken = aliasFile.resolveSibling("aliases.json.broken");
            Files.move(aliasFile, broken, StandardCopyOption.REPLACE_EXISTING);
            log.atError()
                    .addKeyValue("file", broken)
                    .addKeyValue("cause", e.getOriginalMessage())
                    .log("aliases cannot be read, they are set aside and begun anew");
            return new TreeMap<>();
        }
    }

    private static TrackedRun read(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        try {
            TrackedRun run = MAPPER.readValue(json, TrackedRun.class);
            if (run.schema() != TrackedRun.SCHEMA) {
                throw new RefusedException("Cannot read run %s of schema version %d (supported: %d)"
                        .formatted(file, run.schema(), TrackedRun.SCHEMA));
            }
            return run;
        } catch (JacksonException e) {
            throw new RefusedException("Cannot read run %s: %s".formatted(file, e.getOriginalMessage()));
        }
    }
}
