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
import io.aerocast.forecast.ModelKinds;
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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The events of one pipeline since the demo started to read the topics, as far as they concern what is served: the
/// forecasts of the blend. Single forecasts are kept of the first target at the first horizon. Counts are complete;
/// of observations and forecasts, the newest are kept. Used by one thread.
public final class PipelineRecord {

    private static final int MOST_KEPT = 20_000;

    private final Pipeline pipeline;
    private final Map<String, StationSeries> stations = new HashMap<>();
    private final Deque<ScoredForecast> scored = new ArrayDeque<>();
    private final ServedScores scores = new ServedScores();
    private final Compositions compositions = new Compositions();
    private final Publications publications;
    private final SequencedMap<String, Received<Forecast>> firstForecasts = new LinkedHashMap<>();
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

    /// @param since wall-clock time from which published models count as those of this run
    public PipelineRecord(Pipeline pipeline, Instant since) {
        this.pipeline = pipeline;
        this.publications = new Publications(pipeline, since);
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
        if (!isFollowed(forecast.feature())) {
            return;
        }
        compositions.add(forecast);
        if (forecast.model().equals(ModelKinds.BLEND)) {
            firstForecasts.putIfAbsent(forecast.modelVersion(), new Received<>(forecast, at));
        }
    }

    /// @return the error of the served forecast of the first target at the first horizon, in the target's unit;
    ///     empty if something else was evaluated
    public OptionalDouble evaluated(Evaluation evaluation) {
        if (!evaluation.model().equals(ModelKinds.BLEND)
                || evaluation.source() != EvaluationSource.MATCHED
                || evaluation.target() == null) {
            return OptionalDouble.empty();
        }
        scores.add(evaluation);
        Optional<ScoredForecast> first = scoredForecast(evaluation, evaluation.target());
        first.ifPresent(this::keep);
        return first.map(forecast -> OptionalDouble.of(forecast.residual())).orElse(OptionalDouble.empty());
    }

    private Optional<ScoredForecast> scoredForecast(Evaluation evaluation, Instant target) {
        return evaluation
                .at(pipeline.horizons().getFirst())
                .filter(_ -> isFollowed(evaluation.feature()))
                .map(pair -> new ScoredForecast(
                        evaluation.station(),
                        target,
                        pair.modelVersion(),
                        pair.predicted(),
                        evaluation.actual(),
                        pair.persistence()));
    }

    private void keep(ScoredForecast forecast) {
        evaluated++;
        scored.add(forecast);
        if (scored.size() > MOST_KEPT) {
            scored.removeFirst();
        }
    }

    public void driftChanged(DriftChanged change) {
        driftChanges.add(change);
    }

    public void signalled(RetrainSignal signal, Instant at) {
        signals.add(new Received<>(signal, at));
    }

    public void published(ModelPublished event) {
        publications.add(event);
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

    /// Number of observed values of the first target that the first horizon had forecast.
    long evaluated() {
        return evaluated;
    }

    /// Skill and coverage of what is served.
    public ServedScores scores() {
        return scores;
    }

    /// Grid time of the first observation, if one has arrived.
    public Optional<Instant> firstSlot() {
        return Optional.ofNullable(firstObserved).map(pipeline::slot);
    }

    /// Grid time of the newest forecast whose target has been observed, if there is one.
    public Optional<Instant> latestEvaluated() {
        return Optional.ofNullable(scored.peekLast()).map(ScoredForecast::target);
    }

    /// The newest lookback from which a model can forecast.
    public Optional<Lookback> latestLookback() {
        return Optional.ofNullable(latest)
                .flatMap(newest -> series(newest.station()).lookback(pipeline.slot(newest.timestamp())));
    }

    /// The observations of a station that are kept.
    StationSeries series(String station) {
        return stations.getOrDefault(station, new StationSeries(pipeline, 0));
    }

    /// The forecasts that are kept, in order of arrival.
    List<ScoredForecast> scored() {
        return List.copyOf(scored);
    }

    /// The kept forecasts of one version of the blend, in order of arrival.
    List<ScoredForecast> scoredOf(String version) {
        return scored.stream().filter(f -> f.version().equals(version)).toList();
    }

    /// Versions of the blend that served, in that order, with their first forecast.
    SequencedMap<String, Received<Forecast>> firstForecasts() {
        return firstForecasts;
    }

    /// The parts of a version of the blend: versions by kind of model.
    Map<String, String> partsOf(String version) {
        return compositions.of(version);
    }

    /// Whether a version of the blend has a part that was published for a retrain signal.
    boolean answers(String version, String signalId) {
        return partsOf(version).entrySet().stream()
                .flatMap(part -> publications.find(target(), part.getKey(), part.getValue()).stream())
                .anyMatch(model -> signalId.equals(model.signalId()));
    }

    /// Models that were published.
    public Publications publications() {
        return publications;
    }

    /// Whether a training was requested.
    public boolean hasSignals() {
        return !signals.isEmpty();
    }

    List<Received<RetrainSignal>> signals() {
        return signals;
    }

    /// The changes of all targets' states.
    List<DriftChanged> driftChanges() {
        return driftChanges;
    }

    /// Whether a change concerns the first target.
    boolean isFollowed(DriftChanged change) {
        return change.feature() == null || isFollowed(change.feature());
    }

    /// Number of times that drift of a target began.
    long driftEpisodes() {
        return driftChanges.stream().filter(c -> c.to() == DriftState.DRIFT).count();
    }

    private boolean isFollowed(String feature) {
        return feature.equals(target());
    }

    private String target() {
        return pipeline.target().name();
    }
}
