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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The record of one run, kept in `runs/<id>.json`. A record that is `STARTED` belongs to a run in progress, or to
/// one that was interrupted and will be taken up again. Immutable.
///
/// @param schema version of this form, 2
/// @param id identity of the run, derived from the signal's: a signal has one run, however often it is delivered
/// @param state its progress
/// @param attempt how often it was begun, from 1
/// @param startedAt wall-clock time at which it was first begun
/// @param finishedAt wall-clock time of its end, or `null`
/// @param signal the signal that it answers
/// @param contract of its pipeline, or `null` if there is no such pipeline
/// @param environment of the latest attempt
/// @param reachedIn by kind of model, the attempt that reached its first outcome; empty in a record without them
/// @param data the data of its fits, or `null` before they are collected
/// @param outcomes one for each kind of model that has one, in the order in which they were reached
/// @param tracked the kinds of model whose outcome has been handed to the run log
/// @param failure why the run failed, or `null`
public record RunRecord(
        int schema,
        String id,
        State state,
        int attempt,
        Instant startedAt,
        @Nullable Instant finishedAt,
        RetrainSignal signal,
        @Nullable PipelineContract contract,
        Environment environment,
        SortedMap<String, Attempt> reachedIn,
        @Nullable Data data,
        List<Outcome> outcomes,
        SortedSet<String> tracked,
        @Nullable String failure) {

    static final int SCHEMA = 2;
    private static final int READABLE_LENGTH = 80;

    public RunRecord {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(signal, "signal");
        requireNonNull(environment, "environment");
        // A record of the first builds of schema 2 has none.
        reachedIn = reachedIn == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(reachedIn));
        outcomes = List.copyOf(outcomes);
        tracked = Collections.unmodifiableSortedSet(new TreeSet<>(tracked));
    }

    /// The progress of a run.
    public enum State {
        @JsonProperty("started")
        STARTED,
        /// Every kind of model has its outcome.
        @JsonProperty("finished")
        FINISHED,
        /// An error occurred, with all kinds or with one; the run is not repeated.
        @JsonProperty("failed")
        FAILED
    }

    /// The attempt in which a kind of model was fitted, or found to have no candidate.
    ///
    /// @param number from 1
    /// @param environment of that attempt
    public record Attempt(int number, Environment environment) {

        public Attempt {
            requireNonNull(environment, "environment");
        }
    }

    /// The data that a run was fitted to and judged on.
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
                contract,
                Environment.current(),
                Collections.emptySortedMap(),
                null,
                List.of(),
                Collections.emptySortedSet(),
                null);
    }

    /// The same run, taken up again after an interruption.
    ///
    /// @param current the contract of the pipeline, which is taken where the record has none
    public RunRecord resumed(@Nullable PipelineContract current) {
        return new RunRecord(
                SCHEMA,
                id,
                state,
                attempt + 1,
                startedAt,
                null,
                signal,
                contract == null ? current : contract,
                Environment.current(),
                reachedIn,
                data,
                outcomes,
                tracked,
                null);
    }

    public RunRecord with(Data learntFrom) {
        return with(state, finishedAt, reachedIn, learntFrom, outcomes, tracked, failure);
    }

    /// With an outcome in place of an earlier one of the same kind.
    public RunRecord with(Outcome outcome) {
        List<Outcome> all = new ArrayList<>(outcomes);
        all.removeIf(earlier -> earlier.kind().equals(outcome.kind()));
        all.add(outcome);
        TreeMap<String, Attempt> made = new TreeMap<>(reachedIn);
        made.putIfAbsent(outcome.kind(), new Attempt(attempt, environment));
        return with(state, finishedAt, made, data, all, tracked, failure);
    }

    /// Once the run log has a kind's outcome.
    public RunRecord withTracked(String kind) {
        TreeSet<String> kinds = new TreeSet<>(tracked);
        kinds.add(kind);
        return with(state, finishedAt, reachedIn, data, outcomes, kinds, failure);
    }

    /// At its end: failed if a kind failed.
    public RunRecord finished(Instant now) {
        boolean failed = outcomes.stream().anyMatch(outcome -> outcome.result() == Result.FAILED);
        return with(failed ? State.FAILED : State.FINISHED, now, reachedIn, data, outcomes, tracked, null);
    }

    public RunRecord failed(Instant now, String reason) {
        return with(State.FAILED, now, reachedIn, data, outcomes, tracked, reason);
    }

    private RunRecord with(
            State newState,
            @Nullable Instant end,
            SortedMap<String, Attempt> made,
            @Nullable Data learntFrom,
            List<Outcome> all,
            SortedSet<String> kinds,
            @Nullable String reason) {
        return new RunRecord(
                SCHEMA,
                id,
                newState,
                attempt,
                startedAt,
                end,
                signal,
                contract,
                environment,
                made,
                learntFrom,
                all,
                kinds,
                reason);
    }

    /// The attempt in which the outcome of a kind of model was reached, however late it is tracked.
    public Attempt reachedIn(String kind) {
        return reachedIn.getOrDefault(kind, new Attempt(attempt, environment));
    }

    /// The outcome of a kind of model, if it has one.
    public Optional<Outcome> outcome(String kind) {
        return outcomes.stream().filter(outcome -> outcome.kind().equals(kind)).findFirst();
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
}
