package io.aerocast.trainer.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aerocast.event.RetrainReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The training of one kind of model, as it is kept and told. One signal gives one for each kind of model,
/// whether there was a candidate or not.
///
/// @param schema version of this form, 1
/// @param key identity: the run's id and the kind of model, such as `sim-lab-1-0a1b2c3d/gru`
/// @param name for a person; not unique
/// @param pipeline what was trained
/// @param model the kind: `gru` or `seasonal`
/// @param reason why it was trained
/// @param signal id of the retrain signal that it answers
/// @param note for a person: why, and what came of it
/// @param state how it ended
/// @param startedAt wall-clock time at which its fit began, or its run where nothing was fitted
/// @param finishedAt wall-clock time at which it was judged
/// @param version the candidate's version, or `null` if there was none
/// @param verdict `promoted`, `held` or `failed`
/// @param champion version of the model that it was measured against, or `null`
/// @param tags what else is known of it, by name, such as `java` and `commit`
/// @param parameters hyper-parameters and shape, by name
/// @param metrics numbers with their steps, in any order
/// @param datasets what it learnt from and was judged on
public record TrackedRun(
        int schema,
        String key,
        String name,
        String pipeline,
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
        List<Data> datasets) {

    /// The form that this version of AeroCast writes.
    public static final int SCHEMA = 1;

    /// The verdict of a candidate that serves.
    public static final String PROMOTED = "promoted";

    public TrackedRun {
        tags = new TreeMap<>(tags);
        parameters = new TreeMap<>(parameters);
        metrics = List.copyOf(metrics);
        datasets = List.copyOf(datasets);
    }

    /// How it ended.
    public enum State {
        /// With a verdict.
        @JsonProperty("finished")
        FINISHED,
        /// Something went wrong.
        @JsonProperty("failed")
        FAILED
    }

    /// A number.
    ///
    /// @param name such as `train.loss`
    /// @param value finite
    /// @param step what it is a function of: the epoch, or the horizon in steps ahead; 0 for a number that
    ///     stands alone
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
    /// @param context what they were for: `training`, `validation`, `holdout` or `calm`
    /// @param sha256 hash over the values of all samples, hexadecimal
    /// @param uri where they came from
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

    /// Whether it serves since.
    public boolean promoted() {
        return verdict.equals(PROMOTED);
    }

    /// Time from its begin to its verdict.
    public Duration took() {
        return Duration.between(startedAt, finishedAt);
    }

    /// The newest value of a metric.
    public Optional<Double> metric(String metric) {
        return metrics.stream()
                .filter(m -> m.name().equals(metric))
                .reduce((_, last) -> last)
                .map(Metric::value);
    }
}
