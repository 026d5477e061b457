package io.aerocast.trainer.track;

import io.aerocast.event.RetrainReason;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Result;
import io.aerocast.trainer.record.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The training of one model in the form in which run logs take it: a view of a run record, see [#of]. One signal
/// gives one for each feature and kind of model, whether there was a candidate or not.
///
/// @param key identity: the run's id and the model's label, as in `sim-lab-1-0a1b2c3d/gru`
/// @param name for a person; not unique
/// @param pipeline the pipeline that was trained
/// @param feature the feature that is forecast
/// @param registeredAs the name under which its models are registered, see [RunLog#aliases]
/// @param model the kind
/// @param reason why it was trained
/// @param signal id of the retrain signal that it answers
/// @param note for a person: reason and result
/// @param state how it ended
/// @param startedAt wall-clock time at which its fit began, or its run where nothing was fitted
/// @param finishedAt wall-clock time at which it was judged
/// @param version the candidate's version, or `null` if there was none
/// @param verdict `promoted`, `held` or `failed`
/// @param champion version of the model that it was compared with, or `null`
/// @param tags further facts by name, as in `java` and `commit`
/// @param parameters hyper-parameters and shape, by name
/// @param metrics numbers with their steps, in any order
/// @param datasets the data that it learnt from and was judged on
/// @param documents artifacts that are derived from the record, text by path
public record TrackedRun(
        String key,
        String name,
        String pipeline,
        String feature,
        String registeredAs,
        String model,
        RetrainReason reason,
        String signal,
        String note,
        State state,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String version,
        String verdict,
        @Nullable String champion,
        Map<String, String> tags,
        Map<String, String> parameters,
        List<Metric> metrics,
        List<Data> datasets,
        Map<String, String> documents) {

    public TrackedRun {
        tags = new TreeMap<>(tags);
        parameters = new TreeMap<>(parameters);
        metrics = List.copyOf(metrics);
        datasets = List.copyOf(datasets);
        documents = new TreeMap<>(documents);
    }

    /// The key of a model in a run.
    public static String key(String run, String label) {
        return "%s/%s".formatted(run, label);
    }

    /// The view of a model's outcome.
    ///
    /// @throws IllegalArgumentException if its pipeline is not known
    public static TrackedRun of(RunRecord run, Outcome outcome) {
        if (run.contract() == null) {
            throw new IllegalArgumentException("Cannot track run %s: pipeline %s is unknown"
                    .formatted(run.id(), run.signal().pipeline()));
        }
        return new TrackedRunView(run, outcome, run.contract()).view();
    }

    /// How it ended.
    public enum State {
        /// With a verdict.
        FINISHED,
        /// With an error.
        FAILED
    }

    /// A number.
    ///
    /// @param name as in `train.loss`
    /// @param value finite
    /// @param step the epoch, or the horizon in steps ahead; 0 for a number that depends on neither
    /// @param at wall-clock time of the measurement
    public record Metric(String name, double value, long step, Instant at) {

        public Metric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Metric %s at step %d is %s".formatted(name, step, value));
            }
        }
    }

    /// Data that a run has seen.
    ///
    /// @param context their use: `training`, `validation`, `holdout` or `calm`
    /// @param sha256 hash over the values of all samples, hexadecimal
    /// @param uri where they are from
    /// @param features names, the target first
    /// @param samples number of samples, repeated ones counted as often as they were fitted
    /// @param from earliest observation time
    /// @param to latest observation time
    /// @param sources the landed observations behind them, one per station and partition
    public record Data(
            String context,
            String sha256,
            String uri,
            List<String> features,
            int samples,
            Instant from,
            Instant to,
            List<Source> sources) {

        public Data {
            features = List.copyOf(features);
            sources = List.copyOf(sources);
        }
    }

    /// Landed observations; the lake's file names say which files hold these offsets.
    ///
    /// @param rows number of observations
    public record Source(String station, int partition, long rows, long firstOffset, long lastOffset) {}

    /// Whether its candidate was promoted and published.
    boolean promoted() {
        return verdict.equals(Result.PROMOTED.label());
    }
}
