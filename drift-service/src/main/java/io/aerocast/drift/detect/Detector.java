package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Fault;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Detects drift in the forecast errors of one station. The detector itself has no state: it maps a state and an
/// outcome to the next state.
///
/// ```
///              S ≥ h/2                S ≥ h, no cool-down
///   ┌──────┐ ─────────► ┌─────────┐ ─────────────────► ┌───────┐
///   │ calm │            │ warning │                    │ drift │  one episode
///   └──────┘ ◄───────── └─────────┘                    └───────┘
///      ▲         S = 0, or a new model version             │
///      └───────────────────────────────────────────────────┘
///
///   any ── equal readings for too long ──► ┌──────────────┐ ── readings change ──► drift if an episode
///                                          │ sensor-fault │                        is open, else calm
///                                          └──────────────┘
/// ```
///
/// `S` is a [Cusum] of errors that are standardised by a [Reference]. The reference is learnt from the first
/// `reference` outcomes; until then the state stays calm. A new model version is compared with the reference of the
/// version before it, until enough calm outcomes of its own give a new reference, whose upward creep is bounded.
/// Outcomes that carry no information about the model (a stuck sensor, a spike within the models' lookback) have no
/// weight.
public final class Detector {

    /// Run of equal readings from which an outcome has no weight.
    private static final int SUSPECT_RUN = 3;

    /// Upper bound of `S`, in thresholds.
    private static final double CAP = 2;

    private final DetectProperties settings;
    private final @Nullable Pipeline pipeline;

    public Detector(DetectProperties settings) {
        this.settings = settings;
        this.pipeline = null;
    }

    Detector(Pipeline pipeline, DetectProperties settings) {
        this.settings = settings;
        this.pipeline = pipeline;
    }

    /// Judges the first horizon of the default kind of model, for each feature on its own.
    Step next(@Nullable StationWatch before, Evaluation matched) {
        StationWatch watch = before == null ? new StationWatch(Map.of(), settings.threshold()) : before;
        int first = Objects.requireNonNull(pipeline).horizons().getFirst();
        Evaluation.Pair pair = matched.at(first).orElse(null);
        if (!matched.model().equals(ModelKinds.DEFAULT) || pair == null) {
            return new Step(watch, List.of());
        }
        ForecastOutcome outcome = new ForecastOutcome(
                Objects.requireNonNull(matched.target()),
                pair.modelVersion(),
                pair.predicted(),
                matched.actual(),
                pair.persistence());
        DetectorState known = watch.detectors().get(matched.feature());
        DetectorState from = known == null ? DetectorState.initial(outcome.at(), outcome.version()) : known;
        DetectorState to = next(from, outcome);
        Map<String, DetectorState> detectors = new TreeMap<>(watch.detectors());
        detectors.put(matched.feature(), to);
        Watched watched = new Watched(matched.pipeline(), matched.station(), matched.model());
        return new Step(
                new StationWatch(detectors, settings.threshold()),
                Transition.between(from, to, watched, outcome, settings)
                        .map(change -> named(change, matched.feature(), first))
                        .stream()
                        .toList());
    }

    private static DriftChanged named(DriftChanged c, String feature, int horizon) {
        return new DriftChanged(
                c.pipeline(),
                c.station(),
                feature,
                c.model(),
                c.modelVersion(),
                c.to() == DriftState.SENSOR_FAULT ? null : horizon,
                c.to() == DriftState.SENSOR_FAULT ? Fault.STUCK : null,
                c.from(),
                c.to(),
                c.at(),
                c.changedSince(),
                c.episode() == null ? null : c.episode() + "/" + feature,
                c.reason(),
                c.evidence());
    }

    /// Returns the state after one more outcome.
    ///
    /// @param outcome each outcome is passed once, roughly in the order of the observations
    public DetectorState next(DetectorState before, ForecastOutcome outcome) {
        DetectorState state = before.version().equals(outcome.version())
                ? before
                : before.withVersion(outcome.version(), outcome.at(), settings.coolDown());
        Readings readings = state.readings().next(outcome, settings.resolution());
        Jump jump = jump(state, readings, outcome);
        state = state.withReadings(readings, jump);
        if (readings.same() > settings.stuckAfter()) {
            return state.withState(DriftState.SENSOR_FAULT);
        }
        if (state.state() == DriftState.SENSOR_FAULT) {
            state = recovered(state, outcome);
        }
        if (readings.same() >= SUSPECT_RUN || jump != null && jump.suspendsErrors(settings.spikeHold())) {
            return state;
        }
        ErrorSample sample = new ErrorSample(outcome.error(), readings.movement());
        state = judged(state.withCusum(cusum(state, sample, outcome)));
        return state.state() == DriftState.CALM && !state.hasOwnReference() ? learned(state, sample, outcome) : state;
    }

    private @Nullable Jump jump(DetectorState state, Readings readings, ForecastOutcome outcome) {
        Jump known = state.jump() == null ? null : state.jump().next(outcome.actual());
        Double from = state.readings().last();
        Reference reference = state.reference();
        if (reference == null || from == null || known != null && known.isRecent()) {
            return known;
        }
        double calm = Math.max(reference.meanMovement(), settings.resolution());
        return readings.move() > settings.jump() * calm ? Jump.between(from, outcome.actual()) : known;
    }

    private static DetectorState recovered(DetectorState state, ForecastOutcome outcome) {
        return state.episode() == null
                ? state.withState(DriftState.CALM).withCusum(Cusum.zero(outcome.at()))
                : state.withState(DriftState.DRIFT);
    }

    private Cusum cusum(DetectorState state, ErrorSample sample, ForecastOutcome outcome) {
        if (state.reference() == null) {
            return Cusum.zero(outcome.at());
        }
        double z = Math.min(settings.clip(), state.reference().score(sample));
        return state.cusum().next(z, settings.slack(), CAP * settings.threshold(), outcome);
    }

    private DetectorState judged(DetectorState state) {
        double s = state.cusum().statistic();
        if (state.state() == DriftState.DRIFT) {
            return s == 0 ? state.withoutEpisode(settings.coolDown()) : state;
        }
        if (s >= settings.threshold() && state.coolDown() == 0) {
            return state.withEpisode(new Episode(state.cusum().since(), state.version()));
        }
        boolean warned = s >= settings.threshold() / 2 || s > 0 && state.state() == DriftState.WARNING;
        return state.withState(warned ? DriftState.WARNING : DriftState.CALM);
    }

    private DetectorState learned(DetectorState state, ErrorSample sample, ForecastOutcome outcome) {
        List<ErrorSample> samples = new ArrayList<>(state.learning());
        samples.add(sample);
        if (samples.size() < settings.reference()) {
            return state.withSamples(samples);
        }
        Reference own = Reference.learn(state.version(), samples, settings.resolution());
        Reference best = state.best();
        return best == null
                ? state.withReference(own, own, outcome.at())
                : state.withReference(own.limitedBy(best, settings.creep()), own.lower(best), outcome.at());
    }
}
