package io.aerocast.trainer.track;

import io.aerocast.lake.AtomicFile;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.PipelineContract;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.record.UnreadableRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The runs of the data directory: views of the run records, the files of each model ([RunFiles]), and
/// `models/aliases.json`. A run is logged by the mark `tracked` in its record. Safe for use by several threads of
/// one process.
public final class LocalRunLog implements RunLog {

    private static final Logger log = LoggerFactory.getLogger(LocalRunLog.class);
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final RunRecords records;
    private final Path directory;
    private final Path aliasFile;

    /// @param data need not hold any run yet
    public LocalRunLog(DataDirectory data) {
        this.records = new RunRecords(data);
        this.directory = data.runs();
        this.aliasFile = data.models().resolve("aliases.json");
    }

    /// An outcome and its run.
    private record Logged(RunRecord run, Outcome outcome) {

        private boolean made(ModelId model) {
            return run.signal().pipeline().equals(model.pipeline())
                    && outcome.feature().equals(model.feature())
                    && outcome.kind().equals(model.kind())
                    && outcome instanceof Judged judged
                    && judged.candidate().version().equals(model.version());
        }

        /// A change that an earlier version has queued does not name the feature, which is the first one.
        private boolean made(ModelChange change, String version) {
            PipelineContract contract = run.contract();
            String feature = change.feature();
            return contract != null
                    && made(new ModelId(
                            change.pipeline(),
                            feature == null ? contract.features().getFirst() : feature,
                            change.model(),
                            version));
        }

        private TrackedRun view() {
            return TrackedRun.of(run, outcome);
        }

        private boolean fitted() {
            return outcome instanceof Judged judged && !judged.candidate().recurs();
        }
    }

    /// The parts of a key.
    private record Key(String run, String label) {

        private static Key of(String key) {
            int slash = key.indexOf('/');
            if (slash < 1) {
                throw new IllegalArgumentException("A run's key is '<run>/<model>', found '%s'".formatted(key));
            }
            return new Key(key.substring(0, slash), key.substring(slash + 1));
        }
    }

    /// Where the files of a run are, or will be.
    ///
    /// @throws IllegalArgumentException if that would be outside of the directory
    public RunFiles files(String key) {
        Path files = directory.resolve(key).normalize();
        if (!files.startsWith(directory.normalize()) || files.equals(directory.normalize())) {
            throw new IllegalArgumentException("A run's key is '<run>/<model>', found '%s'".formatted(key));
        }
        return new RunFiles(files);
    }

    /// A run, logged or about to be.
    ///
    /// @throws RefusedException if it is there and cannot be read; the message names it
    /// @throws IOException if the disk fails
    public Optional<TrackedRun> find(String key) throws IOException {
        Key parts = Key.of(key);
        Optional<RunRecord> run = record(parts.run());
        if (run.isPresent() && run.get().contract() == null) {
            // Never delivered: it must not keep the messages behind it.
            throw new RefusedException("Run %s has no readable contract of its pipeline".formatted(key));
        }
        return run.flatMap(found -> found.outcome(parts.label())).map(outcome -> TrackedRun.of(run.get(), outcome));
    }

    /// The run that fitted a version of a model.
    ///
    /// @throws IOException if the runs cannot be listed
    public Optional<TrackedRun> find(ModelId model) throws IOException {
        return logged().filter(entry -> entry.made(model) && entry.fitted())
                .findFirst()
                .map(Logged::view);
    }

    /// The run that promoted a version of a model last. A version that recurs is promoted more than once.
    ///
    /// @throws IOException if the runs cannot be listed
    public Optional<TrackedRun> promotion(ModelId model) throws IOException {
        return logged().filter(entry -> entry.made(model))
                .max(Comparator.comparing((Logged entry) -> entry.outcome().endedAt()))
                .map(Logged::view);
    }

    /// Moves the aliases according to the outcome of a model and marks it in the record. A marked outcome
    /// is skipped.
    ///
    /// @param run as it is on the disk; the caller is its only writer
    /// @return the record as it is on the disk now
    public synchronized RunRecord track(RunRecord run, String label) throws IOException {
        if (run.tracked().contains(label)) {
            return run;
        }
        TrackedRun view = TrackedRun.of(run, run.outcome(label).orElseThrow());
        move(view.registeredAs(), Aliases.after(view));
        return records.save(run.withTracked(label));
    }

    /// Moves the aliases after another version of a model serves. A version that is not known here leaves no
    /// champion rather than a wrong one.
    public synchronized void log(ModelChange change) throws IOException {
        Aliases aliases = Aliases.after(change);
        for (String version : List.of(change.version(), change.before())) {
            if (logged().noneMatch(entry -> entry.made(change, version))) {
                aliases = aliases.without(version);
            }
        }
        move(change.registeredAs(), aliases);
    }

    private void move(String registeredAs, Aliases change) throws IOException {
        SortedMap<String, SortedMap<String, String>> all = readAliases();
        SortedMap<String, String> aliases = all.computeIfAbsent(registeredAs, _ -> new TreeMap<>());
        aliases.keySet().removeAll(change.removed());
        aliases.putAll(change.moved());
        AtomicFile.replace(aliasFile, MAPPER.writeValueAsBytes(all));
    }

    @Override
    public List<RunSummary> newest(int most) throws IOException {
        return logged().map(entry -> RunSummary.of(entry.run(), entry.outcome()))
                .sorted(Comparator.comparing(RunSummary::startedAt)
                        .thenComparing(RunSummary::key)
                        .reversed())
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Map<String, String> aliases(String registeredAs) throws IOException {
        return readAliases().getOrDefault(registeredAs, new TreeMap<>());
    }

    /// A document that is derived from the record is no file, but can be read all the same.
    @Override
    public byte[] artifact(String key, String path) throws IOException {
        Path file = files(key).artifacts().resolve(path);
        Optional<String> document = Files.exists(file)
                ? Optional.empty()
                : find(key).map(run -> run.documents().get(path));
        return document.isPresent() ? document.get().getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(file);
    }

    private Stream<Logged> logged() throws IOException {
        return records.all().stream()
                .flatMap(run -> run.outcomes().stream()
                        .filter(outcome -> run.tracked().contains(run.label(outcome)))
                        .map(outcome -> new Logged(run, outcome)));
    }

    private Optional<RunRecord> record(String id) throws IOException {
        try {
            return records.find(id);
        } catch (UnreadableRunException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
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
                    .log("aliases cannot be read, the file is set aside and a new one begins");
            return new TreeMap<>();
        }
    }
}
