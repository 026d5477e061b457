package io.aerocast.standalone.healing;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.WindowLanded;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What was seen of one pipeline since the demo began to look, forecasts by its first horizon and one kind of model.
/// Counts are complete; of observations and evaluations the newest are remembered. Used by one thread.
public final class PipelineRecord {

    private static final int REMEMBERED = 20_000;

    private final Pipeline pipeline;
    private final String model;
    private final Map<String, StationSeries> stations = new HashMap<>();
    private final Deque<Evaluation> evaluations = new ArrayDeque<>();
    private final SequencedMap<String, Instant> firstForecasts = new LinkedHashMap<>();
    private final SequencedMap<String, ModelPublished> published = new LinkedHashMap<>();
    private final List<Received<RetrainSignal>> signals = new ArrayList<>();
    private final List<DriftChanged> driftChanges = new ArrayList<>();
    private final Map<String, Long> landedByFile = new HashMap<>();
    private @Nullable Observation latest;
    private @Nullable Instant firstObserved;
    private long observations;
    private long landed;
    private long evaluated;

    /// An event and the time at which the broker took it.
    ///
    /// @param <T> the event
    record Received<T>(T event, Instant at) {}

    /// @param model the kind whose forecasts are followed
    public PipelineRecord(Pipeline pipeline, String model) {
        this.pipeline = pipeline;
        this.model = model;
    }

    public void observed(Observation observation) {
        stations.computeIfAbsent(observation.station(), _ -> new StationSeries(pipeline, REMEMBERED))
                .add(observation);
        latest = observation;
        firstObserved = firstObserved == null ? observation.timestamp() : firstObserved;
        observations++;
    }

    public void landed(WindowLanded window) {
        // A window is announced again after a crash between landing and announcing.
        if (landedByFile.put(window.uri().toString(), window.rows()) == null) {
            landed += window.rows();
        }
    }

    public void forecast(Forecast forecast, Instant at) {
        if (forecast.model().equals(model)) {
            firstForecasts.putIfAbsent(forecast.modelVersion(), at);
        }
    }

    public void evaluated(Evaluation evaluation) {
        if (evaluation.model().equals(model)
                && evaluation.horizon() == pipeline.horizons().getFirst()
                && evaluation.source() == EvaluationSource.MATCHED
                && evaluation.target() != null) {
            evaluated++;
            evaluations.add(evaluation);
            if (evaluations.size() > REMEMBERED) {
                evaluations.removeFirst();
            }
        }
    }

    public void driftChanged(DriftChanged change) {
        if (change.model().equals(model)) {
            driftChanges.add(change);
        }
    }

    public void signalled(RetrainSignal signal, Instant at) {
        signals.add(new Received<>(signal, at));
    }

    public void published(ModelPublished event) {
        if (event.model().equals(model)) {
            published.put(event.version(), event);
        }
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /// Number of observations seen.
    public long observations() {
        return observations;
    }

    /// Number of observations in landed parquet windows.
    public long landed() {
        return landed;
    }

    /// Number of evaluations seen.
    public long evaluated() {
        return evaluated;
    }

    /// Grid time of the first observation, once there is one.
    public Optional<Instant> firstSlot() {
        return Optional.ofNullable(firstObserved).map(pipeline::slot);
    }

    /// The newest lookback that a model could forecast from.
    public Optional<Lookback> latestLookback() {
        return latest == null ? Optional.empty() : lookback(latest.station(), pipeline.slot(latest.timestamp()));
    }

    /// What a model saw when it made the forecast that was evaluated.
    public Optional<Lookback> lookbackOf(Evaluation evaluation) {
        return lookback(evaluation.station(), pipeline.after(target(evaluation), -evaluation.horizon()));
    }

    /// The time that was forecast; only evaluations that know it are remembered.
    public static Instant target(Evaluation evaluation) {
        return Objects.requireNonNull(evaluation.target());
    }

    /// The evaluations that are remembered, in order of arrival.
    public List<Evaluation> evaluations() {
        return List.copyOf(evaluations);
    }

    /// The same of one version.
    public List<Evaluation> evaluationsOf(String version) {
        return evaluations.stream()
                .filter(e -> e.modelVersion().equals(version))
                .toList();
    }

    /// Versions that served, with the time of their first forecast, in that order.
    public SequencedMap<String, Instant> firstForecasts() {
        return firstForecasts;
    }

    /// Models that were promoted, by version, in that order.
    public SequencedMap<String, ModelPublished> published() {
        return published;
    }

    public List<Received<RetrainSignal>> signals() {
        return signals;
    }

    public List<DriftChanged> driftChanges() {
        return driftChanges;
    }

    /// Number of times that drift began.
    public long driftEpisodes() {
        return driftChanges.stream().filter(c -> c.to() == DriftState.DRIFT).count();
    }

    private Optional<Lookback> lookback(String station, Instant origin) {
        return Optional.ofNullable(stations.get(station)).flatMap(s -> s.lookback(origin));
    }
}
