package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Detects drift in the forecasts of a pipeline's stations, and faults of their sensors. It has no state: it
/// maps the state of a station and an evaluation to the next state. Each feature has a state of its own:
///
/// ```
///           evidence ≥ warn            evidence ≥ 1, or the level holds
///   ┌──────┐ ─────────► ┌─────────┐ ─────────────────► ┌───────┐
///   │ calm │            │ warning │                    │ drift │  one episode
///   └──────┘ ◄───────── └─────────┘                    └───────┘
///      ▲                evidence 0, or a new version       │
///      └───────────────────────────────────────────────────┘
///
///   calm, warning ── no skill or coverage for days ──► degraded ── both are back ──► calm
///   any ── a fault of the readings ──► sensor-fault ── it is over ──► drift if an episode is open, else calm
/// ```
///
/// The evidence is the largest of three [Cusum]s, as a part of its threshold: errors of the watched horizons
/// that are too high, or too low, for a day or more, and one-step errors that are too large. The kinds of model
/// that serve share them alike. A fault takes its evidence back, and errors have no weight until no lookback
/// and no open forecast reaches into it. A dropout does neither, but drift is not declared before it is over.
public final class Detector {

    private final Pipeline pipeline;
    private final DetectProperties settings;
    private final Grid grid;
    private final Explanation explanation;
    private final Map<String, Feature> features = new HashMap<>();

    public Detector(Pipeline pipeline, DetectProperties settings) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.grid = Grid.of(pipeline);
        this.explanation = new Explanation(settings, grid);
        pipeline.features().forEach(feature -> features.put(feature.name(), feature));
    }

    /// The state after one more evaluation. One without a time, of an unknown feature, or not later than all
    /// before of its feature and kind of model, changes nothing.
    ///
    /// @param before `null` before the first evaluation of the station
    /// @param matched the evaluations of one observation follow each other
    public DetectorStep next(@Nullable StationWatch before, Evaluation matched) {
        StationWatch watch = before == null ? StationWatch.NEW : before;
        Feature feature = features.get(matched.feature());
        Instant at = matched.target();
        FeatureWatch known = watch.features().get(matched.feature());
        if (feature == null || at == null || known != null && !known.precedes(at, matched.model())) {
            return new DetectorStep(watch, List.of());
        }
        FeatureWatch from = known == null ? Judgement.first(matched, at) : known;
        Map<String, FeatureWatch> others = others(watch, feature);
        FeatureWatch to = new Judgement(grid, settings, feature, matched, at, from, others).judge();
        Map<String, FeatureWatch> all = new TreeMap<>(watch.features());
        all.put(matched.feature(), to);
        Map<String, List<DetectorEvidence>> tests = new TreeMap<>(watch.tests());
        tests.put(matched.feature(), explanation.evidence(matched.feature(), to, others));
        return new DetectorStep(
                new StationWatch(all, tests),
                to.differsFrom(from)
                        ? List.of(
                                explanation.change(from, to, matched.pipeline(), matched.station(), matched.feature()))
                        : List.of());
    }

    /// The state after an observation arrived. Readings of features that are watched count; others change nothing.
    public DetectorStep arrived(StationWatch watch, Observation observation) {
        return each(watch, observation, (from, _, _, at) -> from.arrived(at, grid, settings));
    }

    /// The state after an observation that the ingest service refused. Readings of features that are watched
    /// and that are not plausible count; others change nothing.
    public DetectorStep refused(StationWatch watch, Observation observation) {
        return each(
                watch,
                observation,
                (from, feature, value, at) -> feature.plausible(value) ? from : from.refused(at, value, feature, grid));
    }

    /// The effect of a reading on the state of its feature.
    private interface Effect {
        FeatureWatch of(FeatureWatch from, Feature feature, double value, Instant at);
    }

    private DetectorStep each(StationWatch watch, Observation observation, Effect effect) {
        Instant at = pipeline.slot(observation.timestamp());
        Map<String, FeatureWatch> all = new TreeMap<>(watch.features());
        Map<String, List<DetectorEvidence>> tests = new TreeMap<>(watch.tests());
        List<DriftChanged> changes = new ArrayList<>();
        observation.readings().forEach((name, value) -> {
            Feature feature = features.get(name);
            FeatureWatch from = all.get(name);
            if (feature == null || from == null || !Double.isFinite(value)) {
                return;
            }
            FeatureWatch to = effect.of(from, feature, value, at);
            all.put(name, to);
            tests.put(name, explanation.evidence(name, to, others(watch, feature)));
            if (to.differsFrom(from)) {
                changes.add(explanation.change(from, to, observation.pipeline(), observation.station(), name));
            }
        });
        return new DetectorStep(new StationWatch(all, tests), changes);
    }

    private static Map<String, FeatureWatch> others(StationWatch watch, Feature feature) {
        Map<String, FeatureWatch> others = new HashMap<>(watch.features());
        others.remove(feature.name());
        return others;
    }
}
