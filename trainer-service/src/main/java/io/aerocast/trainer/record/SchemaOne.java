package io.aerocast.trainer.record;

import static java.util.Objects.requireNonNull;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.RunRecord.Attempt;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.record.RunRecord.State;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the first schema of a run record. In it scores are a map from names to numbers, and the contract of the
/// pipeline is in a second file for each kind of model that was tracked, `runs/<id>/<kind>/run.json`.
final class SchemaOne {

    static final int SCHEMA = 1;

    private static final Logger log = LoggerFactory.getLogger(SchemaOne.class);
    private static final Environment UNKNOWN = new Environment("", "", "", null);

    private final JsonMapper mapper;
    private final DataDirectory directory;

    SchemaOne(JsonMapper mapper, DataDirectory directory) {
        this.mapper = mapper;
        this.directory = directory;
    }

    private record Run(
            String id,
            State state,
            int attempt,
            Instant startedAt,
            @Nullable Instant finishedAt,
            RetrainSignal signal,
            List<SchemaOneModel> models,
            @Nullable String failure) {

        /// Version 0.1 published a proven model before it tracked it, unless the run failed.
        private SchemaOneModel.OfRun of(@Nullable Tracked tracked, String feature) {
            Instant end = tracked != null ? tracked.finishedAt() : finishedAt != null ? finishedAt : startedAt;
            return new SchemaOneModel.OfRun(feature, startedAt, end, failure, tracked != null || state == State.FAILED);
        }
    }

    /// The second file, as far as the record does not hold the same.
    private record TrackedFile(
            Instant finishedAt, Map<String, String> tags, Map<String, String> parameters, List<Seen> datasets) {

        /// @throws RuntimeException if the file is damaged
        private Tracked tracked() {
            return new Tracked(
                    requireNonNull(finishedAt, "finishedAt"),
                    contract(),
                    Integer.parseInt(tags.getOrDefault("attempt", "1")),
                    environment(),
                    datasets.stream().findFirst().map(Seen::uri));
        }

        private PipelineContract contract() {
            return new PipelineContract(
                    List.of(parameter("features").split(",")),
                    Integer.parseInt(parameter("lookback")),
                    Arrays.stream(parameter("horizons").split(","))
                            .map(Integer::valueOf)
                            .toList(),
                    Duration.parse(parameter("cadence")));
        }

        private Environment environment() {
            return new Environment(
                    tags.getOrDefault("java", ""),
                    tags.getOrDefault("os", ""),
                    tags.getOrDefault("build", ""),
                    tags.get("commit"));
        }

        private String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /// A dataset of the second file.
    ///
    /// @param uri where it is from
    private record Seen(URI uri) {}

    /// The second file, read.
    ///
    /// @param lake where the observations are, if the run had any
    private record Tracked(
            Instant finishedAt, PipelineContract contract, int attempt, Environment environment, Optional<URI> lake) {}

    /// @throws RuntimeException if this is no record
    /// @throws IOException if the second file cannot be read
    RunRecord read(JsonNode json) throws IOException {
        Run run = mapper.treeToValue(json, Run.class);
        Map<String, Tracked> tracked = trackedFiles(run);
        Optional<Tracked> any = tracked.values().stream().findFirst();
        String feature = any.map(file -> file.contract().features().getFirst()).orElse(SchemaTwo.UNKNOWN);
        return new RunRecord(
                RunRecord.SCHEMA,
                run.id(),
                run.state(),
                run.attempt(),
                run.startedAt(),
                run.finishedAt(),
                run.signal(),
                Collections.emptySortedSet(),
                run.signal().changedSince(),
                any.map(Tracked::contract).orElse(null),
                any.map(Tracked::environment).orElse(UNKNOWN),
                attempts(tracked),
                null,
                data(json.path("data"), feature, any.flatMap(Tracked::lake).orElseGet(directory::lakeUri)),
                run.models().stream()
                        .map(model -> model.outcome(run.of(tracked.get(model.model()), feature)))
                        .toList(),
                new TreeSet<>(tracked.keySet()),
                Collections.emptySortedMap(),
                run.failure());
    }

    private Map<String, Tracked> trackedFiles(Run run) throws IOException {
        Map<String, Tracked> files = new LinkedHashMap<>();
        for (SchemaOneModel model : run.models()) {
            trackedFile(run.id(), model.model()).ifPresent(file -> files.put(model.model(), file));
        }
        return files;
    }

    private static SortedMap<String, Attempt> attempts(Map<String, Tracked> tracked) {
        SortedMap<String, Attempt> attempts = new TreeMap<>();
        tracked.forEach((kind, file) -> attempts.put(kind, new Attempt(file.attempt(), file.environment())));
        return attempts;
    }

    /// A damaged file counts as absent: its run is not listed, and the record beside it still answers its signal.
    private Optional<Tracked> trackedFile(String run, String kind) throws IOException {
        Path file = directory.runs().resolve(run).resolve(kind).resolve("run.json");
        try {
            return Optional.of(mapper.readValue(Files.readAllBytes(file), TrackedFile.class)
                    .tracked());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", e.toString())
                    .log("tracked run cannot be read, it is left out");
            return Optional.empty();
        }
    }

    private SortedMap<String, Data> data(JsonNode json, String feature, URI lake) {
        SortedMap<String, Data> byFeature = new TreeMap<>();
        if (json instanceof ObjectNode data) {
            byFeature.put(feature, mapper.treeToValue(data.put("lake", lake.toString()), Data.class));
        }
        return byFeature;
    }
}
