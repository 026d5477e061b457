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

/// The events of one pipeline since the demo started to read the topics. Of forecasts and evaluations, those of
/// the first horizon and of one kind of model. Counts are complete; of observations and evaluations, the newest
/// are kept. Used by one thread.
public final class PipelineRecord {

    private static final int MOST_KEPT = 20_000;

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

    /// An event and the broker's timestamp.
    ///
    /// @param <T> type of the event
    record Received<T>(T event, Instant at) {}

    /// @param model kind of model whose forecasts are followed
    public PipelineRecord(Pipeline pipeline, String model) {
        this.pipeline = pipeline;
        this.model = model;
    }

    public void observed(Observation observation) {
        stations.computeIfAbsent(observation.station(), _ -> new StationSeries(pipeline, MOST_KEPT))
                .add(observation);
        latest = observation;
        firstObserved = firstObserved == null ? observation.timestamp() : firstObserved;
        observations++;
    }

    public void landed(WindowLanded window) {
        // After a crash between landing and announcing, a window is announced again.
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
            if (evaluations.size() > MOST_KEPT) {
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

    /// Number of observations.
    public long observations() {
        return observations;
    }

    /// Number of observations in landed parquet windows.
    public long landed() {
        return landed;
    }

    /// Number of evaluations.
    long evaluated() {
        return evaluated;
    }

    /// Grid time of the first observation, if one has arrived.
    public Optional<Instant> firstSlot() {
        return Optional.ofNullable(firstObserved).map(pipeline::slot);
    }

    /// The newest lookback from which a model can forecast.
    public Optional<Lookback> latestLookback() {
        return latest == null ? Optional.empty() : lookback(latest.station(), pipeline.slot(latest.timestamp()));
    }

    /// The lookback from which the evaluated forecast was made.
    Optional<Lookback> lookbackOf(Evaluation evaluation) {
        return lookback(evaluation.station(), pipeline.after(target(evaluation), -evaluation.horizon()));
    }

    /// The time that was forecast; only evaluations that carry it are kept.
    static Instant target(Evaluation evaluation) {
        return Objects.requireNonNull(evaluation.target());
    }

    /// The evaluations that are kept, in order of arrival.
    List<Evaluation> evaluations() {
        return List.copyOf(evaluations);
    }

    /// The kept evaluations of one version, in order of arrival.
    List<Evaluation> evaluationsOf(String version) {
        return evaluations.stream()
                .filter(e -> e.modelVersion().equals(version))
                .toList();
    }

    /// Versions that served, in that order, with the broker's timestamp of their first forecast.
    SequencedMap<String, Instant> firstForecasts() {
        return firstForecasts;
    }

    /// Models that were promoted, by version, in that order.
    public SequencedMap<String, ModelPublished> published() {
        return published;
    }

    /// Whether a training was requested.
    public boolean hasSignals() {
        return !signals.isEmpty();
    }

    List<Received<RetrainSignal>> signals() {
        return signals;
    }

    List<DriftChanged> driftChanges() {
        return driftChanges;
    }

    /// Number of times that drift began.
    long driftEpisodes() {
        return driftChanges.stream().filter(c -> c.to() == DriftState.DRIFT).count();
    }

    private Optional<Lookback> lookback(String station, Instant origin) {
        return Optional.ofNullable(stations.get(station)).flatMap(s -> s.lookback(origin));
    }
}
