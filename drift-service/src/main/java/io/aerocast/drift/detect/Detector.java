package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells drift from calm by the errors of one station's forecasts. It keeps nothing itself: a state and an outcome
/// give the next state.
///
/// ```
///              S ≥ h/2                S ≥ h, no cool-down
///   ┌──────┐ ─────────► ┌─────────┐ ─────────────────► ┌───────┐
///   │ calm │            │ warning │                    │ drift │  one episode
///   └──────┘ ◄───────── └─────────┘                    └───────┘
///      ▲         S = 0, or a new model version             │
///      └───────────────────────────────────────────────────┘
///
///   any ── equal readings for too long ──► ┌──────────────┐ ── they move again ──► drift if an episode
///                                          │ sensor-fault │                        lasts, else calm
///                                          └──────────────┘
/// ```
///
/// `S` is a [Cusum] of errors that are standardised by a [Reference]. The first `reference` outcomes teach what is
/// normal; until then nothing is judged. A new model version is judged by the reference before it, until enough of
/// its own calm outcomes have taught a new one, which may not creep upward. Outcomes that say nothing about the
/// model (a stuck sensor, a spike while models see it) have no weight.
public final class Detector {

    /// From this many equal readings on, an outcome has no weight.
    private static final int SUSPECT = 3;

    /// `S` grows to this many thresholds at most.
    private static final double CAP = 2;

    private final DetectProperties settings;

    public Detector(DetectProperties settings) {
        this.settings = settings;
    }

    /// The state after one more outcome. Outcomes come about in the order of their observations, each once.
    public DetectorState next(DetectorState before, Outcome outcome) {
        DetectorState state = before.version().equals(outcome.version())
                ? before
                : before.takenOver(outcome.version(), outcome.at(), settings.coolDown());
        Readings readings = state.readings().next(outcome, settings.resolution());
        Jump jump = jump(state, readings, outcome);
        state = state.observed(readings, jump);
        if (readings.same() > settings.stuckAfter()) {
            return state.moved(DriftState.SENSOR_FAULT);
        }
        if (state.state() == DriftState.SENSOR_FAULT) {
            state = recovered(state, outcome);
        }
        if (readings.same() >= SUSPECT || jump != null && jump.holds(settings.spikeHold())) {
            return state;
        }
        Sample sample = new Sample(outcome.error(), readings.movement());
        state = moved(state.summed(summed(state, sample, outcome)));
        return state.state() == DriftState.CALM && !state.learnt() ? taught(state, sample, outcome) : state;
    }

    private @Nullable Jump jump(DetectorState state, Readings readings, Outcome outcome) {
        Jump known = state.jump() == null ? null : state.jump().next(outcome.actual());
        Double from = state.readings().last();
        Reference reference = state.reference();
        if (reference == null || from == null || known != null && known.recent()) {
            return known;
        }
        double calm = Math.max(reference.meanMovement(), settings.resolution());
        return readings.move() > settings.jump() * calm ? Jump.between(from, outcome.actual()) : known;
    }

    private static DetectorState recovered(DetectorState state, Outcome outcome) {
        return state.episode() == null
                ? state.moved(DriftState.CALM).summed(Cusum.zero(outcome.at()))
                : state.moved(DriftState.DRIFT);
    }

    private Cusum summed(DetectorState state, Sample sample, Outcome outcome) {
        if (state.reference() == null) {
            return Cusum.zero(outcome.at());
        }
        double z = Math.min(settings.clip(), state.reference().score(sample));
        return state.cusum().next(z, settings.slack(), CAP * settings.threshold(), outcome);
    }

    private DetectorState moved(DetectorState state) {
        double s = state.cusum().statistic();
        if (state.state() == DriftState.DRIFT) {
            return s == 0 ? state.subsided(settings.coolDown()) : state;
        }
        if (s >= settings.threshold() && state.coolDown() == 0) {
            return state.entered(new Episode(state.cusum().since(), state.version()));
        }
        boolean warned = s >= settings.threshold() / 2 || s > 0 && state.state() == DriftState.WARNING;
        return state.moved(warned ? DriftState.WARNING : DriftState.CALM);
    }

    private DetectorState taught(DetectorState state, Sample sample, Outcome outcome) {
        List<Sample> samples = new ArrayList<>(state.learning());
        samples.add(sample);
        if (samples.size() < settings.reference()) {
            return state.collected(samples);
        }
        Reference own = Reference.learn(state.version(), samples, settings.resolution());
        Reference best = state.best();
        return best == null
                ? state.taught(own, own, outcome.at())
                : state.taught(own.limitedBy(best, settings.creep()), own.lower(best), outcome.at());
    }
}
