package io.aerocast.trainer.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aerocast.event.Checksum;
import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.Outcome.Result;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Split;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The record of one run, kept in `runs/<id>.json`. A record that is `STARTED` belongs to a run in progress, or to
/// one that was interrupted and will be taken up again. Immutable.
///
/// Models are named by their label ([PipelineContract#label]), which is the kind of model alone for the first
/// feature.
///
/// @param schema version of this form, 3
/// @param id identity of the run, derived from the signal's: a signal has one run, however often it is delivered
/// @param state its progress
/// @param attempt how often it was begun, from 1
/// @param startedAt wall-clock time at which it was first begun
/// @param finishedAt wall-clock time of its end, or `null`
/// @param signal the signal that it answers
/// @param merged ids of further signals that it answers: they arrived before its data were there
/// @param changedSince the earliest change of all these signals, or `null` where it is unknown
/// @param contract of its pipeline, or `null` if there is no such pipeline
/// @param environment of the latest attempt
/// @param reachedIn by label, the attempt that reached a model's first outcome; empty in a record without them
/// @param inputs SHA-256 of the file of its inputs ([RunInputs]), or `null` before they are collected
/// @param data the data of its fits by feature; empty before they are collected
/// @param outcomes one for each model that has one, in the order in which they were reached
/// @param tracked the labels of the models whose outcome has been handed to the run log
/// @param probation by label, the ended probations of the models that it promoted
/// @param failure why the run failed or was cancelled, or `null`
public record RunRecord(
        int schema,
        String id,
        State state,
        int attempt,
        Instant startedAt,
        @Nullable Instant finishedAt,
        RetrainSignal signal,
        SortedSet<String> merged,
        @Nullable Instant changedSince,
        @Nullable PipelineContract contract,
        Environment environment,
        SortedMap<String, Attempt> reachedIn,
        @Nullable String inputs,
        SortedMap<String, Data> data,
        List<Outcome> outcomes,
        SortedSet<String> tracked,
        SortedMap<String, Probation> probation,
        @Nullable String failure) {

    static final int SCHEMA = 3;
    private static final int READABLE_LENGTH = 80;

    public RunRecord {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(signal, "signal");
        requireNonNull(environment, "environment");
        merged = sorted(merged == null ? List.of() : merged);
        // A record of the first builds of schema 2 has none.
        reachedIn = sorted(reachedIn);
        data = sorted(data);
        outcomes = List.copyOf(outcomes);
        tracked = sorted(tracked);
        probation = sorted(probation);
    }

    /// The progress of a run.
    public enum State {
        @JsonProperty("started")
        STARTED,
        /// Every model has its outcome.
        @JsonProperty("finished")
        FINISHED,
        /// An error occurred, with all models or with one; the run is not repeated.
        @JsonProperty("failed")
        FAILED,
        /// A person has cancelled it; the models without an outcome have none.
        @JsonProperty("cancelled")
        CANCELLED
    }

    /// The attempt in which a model was fitted, or found to have no candidate.
    ///
    /// @param number from 1
    /// @param environment of that attempt
    public record Attempt(int number, Environment environment) {

        public Attempt {
            requireNonNull(environment, "environment");
        }
    }

    /// The data that the models of a feature were fitted to and judged on.
    ///
    /// @param lake where the observations are
    /// @param sources the landed observations
    /// @param recent recent grid times with samples
    /// @param calm from before the change, for the judge alone, or `null`
    /// @param quality of the recent readings, or `null` in a record of an earlier version
    /// @param collectSeconds time until there was enough
    public record Data(
            URI lake,
            List<Source> sources,
            int recent,
            Part train,
            Part validation,
            Part holdOut,
            @Nullable Part calm,
            @Nullable Quality quality,
            double collectSeconds) {

        public Data {
            sources = List.copyOf(sources);
        }

        public static Data of(URI lake, List<Source> sources, Split.Parts parts, Duration collecting) {
            return new Data(
                    lake,
                    sources,
                    parts.recent(),
                    Part.of(parts.train()),
                    Part.of(parts.validation()),
                    Part.of(parts.holdOut()),
                    parts.calm() == null ? null : Part.of(parts.calm()),
                    parts.quality(),
                    seconds(collecting));
        }
    }

    /// A part of the data.
    ///
    /// @param from earliest observation time
    /// @param to latest observation time
    /// @param samples number of samples, repeated ones counted as often as they were fitted
    /// @param sha256 hash over the values of all samples, hexadecimal
    public record Part(Instant from, Instant to, int samples, String sha256) {

        private static Part of(Dataset dataset) {
            return new Part(dataset.from(), dataset.to(), dataset.size(), dataset.sha256());
        }
    }

    /// A run that begins.
    public static RunRecord start(RetrainSignal signal, @Nullable PipelineContract contract, Instant now) {
        return new RunRecord(
                SCHEMA,
                idOf(signal.id()),
                State.STARTED,
                1,
                now,
                null,
                signal,
                Collections.emptySortedSet(),
                signal.changedSince(),
                contract,
                Environment.current(),
                Collections.emptySortedMap(),
                null,
                Collections.emptySortedMap(),
                List.of(),
                Collections.emptySortedSet(),
                Collections.emptySortedMap(),
                null);
    }

    /// The same run, taken up again after an interruption.
    ///
    /// @param current the contract of the pipeline, which is taken where the record has none
    public RunRecord resumed(@Nullable PipelineContract current) {
        return edited(draft -> {
            draft.attempt = attempt + 1;
            draft.finishedAt = null;
            draft.contract = contract == null ? current : contract;
            draft.environment = Environment.current();
            draft.failure = null;
        });
    }

    /// With further signals that it answers.
    ///
    /// @param ids their ids
    /// @param earliest the earliest change of all signals, or `null` where it is unknown
    public RunRecord withMerged(Collection<String> ids, @Nullable Instant earliest) {
        return edited(draft -> {
            draft.merged = sorted(Stream.concat(merged.stream(), ids.stream()).toList());
            draft.changedSince = earliest;
        });
    }

    /// With the inputs of its fits.
    ///
    /// @param sha256 of the file of its inputs
    public RunRecord withInputs(String sha256) {
        return edited(draft -> draft.inputs = sha256);
    }

    /// With the data of a feature.
    public RunRecord with(String feature, Data learntFrom) {
        return edited(draft -> draft.data = plus(data, feature, learntFrom));
    }

    /// With an outcome in place of an earlier one of the same model.
    public RunRecord with(Outcome outcome) {
        String label = label(outcome);
        return edited(draft -> {
            List<Outcome> all = new ArrayList<>(outcomes);
            all.removeIf(earlier -> label(earlier).equals(label));
            all.add(outcome);
            draft.outcomes = all;
            draft.reachedIn = plus(reachedIn, label, reachedIn(label));
        });
    }

    /// Once the run log has a model's outcome.
    public RunRecord withTracked(String label) {
        return edited(draft -> draft.tracked =
                sorted(Stream.concat(tracked.stream(), Stream.of(label)).toList()));
    }

    /// Once the probation of a model has ended.
    public RunRecord with(String label, Probation ended) {
        return edited(draft -> draft.probation = plus(probation, label, ended));
    }

    /// At its end: failed if a model failed.
    public RunRecord finished(Instant now) {
        boolean failed = outcomes.stream().anyMatch(outcome -> outcome.result() == Result.FAILED);
        return ended(failed ? State.FAILED : State.FINISHED, now, null);
    }

    public RunRecord failed(Instant now, String reason) {
        return ended(State.FAILED, now, reason);
    }

    /// @param reason who or what has cancelled it, in words
    public RunRecord cancelled(Instant now, String reason) {
        return ended(State.CANCELLED, now, reason);
    }

    private RunRecord ended(State end, Instant now, @Nullable String reason) {
        return edited(draft -> {
            draft.state = end;
            draft.finishedAt = now;
            draft.failure = reason;
        });
    }

    /// Whether it has ended.
    public boolean closed() {
        return state != State.STARTED;
    }

    /// The attempt in which the outcome of a model was reached, however late it is tracked.
    public Attempt reachedIn(String label) {
        return reachedIn.getOrDefault(label, new Attempt(attempt, environment));
    }

    /// The outcome of a model, if it has one.
    public Optional<Outcome> outcome(String label) {
        return outcomes.stream().filter(outcome -> label(outcome).equals(label)).findFirst();
    }

    /// The data of a feature, if they were collected.
    public Optional<Data> data(String feature) {
        return Optional.ofNullable(data.get(feature));
    }

    /// Whether a model failed its probation.
    public boolean barred(String label) {
        return Probation.failed(probation.get(label));
    }

    /// The name of a model in this record.
    public String label(Outcome outcome) {
        return label(outcome.feature(), outcome.kind());
    }

    /// The name of a model in this record.
    public String label(String feature, String kind) {
        return contract == null ? kind : contract.label(feature, kind);
    }

    /// The run that answers a signal: readable, and unlike that of any other signal.
    public static String idOf(String signalId) {
        String readable = signalId.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.+", "");
        String hash = Checksum.of(signalId.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
        return readable.substring(0, Math.min(READABLE_LENGTH, readable.length())) + "-" + hash;
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <V> SortedMap<String, V> sorted(@Nullable SortedMap<String, V> map) {
        return map == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    private static SortedSet<String> sorted(Collection<String> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    private static <V> SortedMap<String, V> plus(SortedMap<String, V> map, String key, V value) {
        TreeMap<String, V> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }

    private RunRecord edited(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.record(this);
    }

    /// A record in the making: the components that change in the course of a run.
    private static final class Draft {

        private State state;
        private int attempt;
        private @Nullable Instant finishedAt;
        private SortedSet<String> merged;
        private @Nullable Instant changedSince;
        private @Nullable PipelineContract contract;
        private Environment environment;
        private SortedMap<String, Attempt> reachedIn;
        private @Nullable String inputs;
        private SortedMap<String, Data> data;
        private List<Outcome> outcomes;
        private SortedSet<String> tracked;
        private SortedMap<String, Probation> probation;
        private @Nullable String failure;

        private Draft(RunRecord run) {
            state = run.state;
            attempt = run.attempt;
            finishedAt = run.finishedAt;
            merged = run.merged;
            changedSince = run.changedSince;
            contract = run.contract;
            environment = run.environment;
            reachedIn = run.reachedIn;
            inputs = run.inputs;
            data = run.data;
            outcomes = run.outcomes;
            tracked = run.tracked;
            probation = run.probation;
            failure = run.failure;
        }

        private RunRecord record(RunRecord run) {
            return new RunRecord(
                    SCHEMA,
                    run.id,
                    state,
                    attempt,
                    run.startedAt,
                    finishedAt,
                    run.signal,
                    merged,
                    changedSince,
                    contract,
                    environment,
                    reachedIn,
                    inputs,
                    data,
                    outcomes,
                    tracked,
                    probation,
                    failure);
        }
    }
}
