package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Fault;
import io.aerocast.pipeline.Feature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The effect of one evaluation on the state of its feature: decides by the [ReadingTests] and the [ErrorTests].
final class Judgement {

    private final Grid grid;
    private final DetectProperties settings;
    private final Feature feature;
    private final Evaluation evaluation;
    private final Instant now;
    private final FeatureWatch before;
    private final Map<String, FeatureWatch> others;
    private final ReadingTests readings;
    private final ErrorTests errors;

    private DriftState state;
    private @Nullable Fault fault;
    private double offset;
    private Instant hold;
    private Instant cool;
    private @Nullable Episode episode;

    /// @param others the other features of the station
    Judgement(
            Grid grid,
            DetectProperties settings,
            Feature feature,
            Evaluation evaluation,
            Instant now,
            FeatureWatch before,
            Map<String, FeatureWatch> others) {
        this.grid = grid;
        this.settings = settings;
        this.feature = feature;
        this.evaluation = evaluation;
        this.now = now;
        this.before = before;
        this.others = others;
        readings = new ReadingTests(grid, settings, feature, now, before, Clock.of(others));
        errors = new ErrorTests(grid, settings, evaluation, now, before);
        state = before.state();
        fault = before.fault();
        offset = before.offset();
        hold = before.holdUntil();
        cool = before.coolUntil();
        episode = before.episode();
    }

    /// The state before the first evaluation.
    static FeatureWatch first(Evaluation evaluation, Instant at) {
        return new FeatureWatch(
                DriftState.CALM,
                null,
                at,
                evaluation.model(),
                Readings.first(at, evaluation.actual()),
                Arrivals.first(at),
                Clock.NONE,
                Level.NONE,
                Map.of(),
                Cusum.zero(at),
                Cusum.zero(at),
                Cusum.zero(at),
                List.of(),
                List.of(),
                Refusals.NONE,
                null,
                0,
                at,
                at,
                null);
    }

    FeatureWatch judge() {
        boolean isNew = now.isAfter(before.readings().at());
        if (isNew && readings.read(evaluation.actual(), fault, episode, learns())) {
            holdErrors();
        }
        if (errors.note()) {
            restart();
        }
        errors.test(readings.readings(), weightless(), learns());
        decide();
        return after();
    }

    private FeatureWatch after() {
        boolean changed = state != before.state() || fault != before.fault();
        return new FeatureWatch(
                state,
                fault,
                changed ? now : before.since(),
                errors.served(),
                readings.readings(),
                before.arrivals(),
                readings.clock(),
                readings.level(),
                errors.models(),
                errors.size(),
                errors.above(),
                errors.below(),
                errors.shocks(),
                readings.spikes(),
                readings.refused(),
                errors.jump(),
                offset,
                hold,
                cool,
                episode);
    }

    private void holdErrors() {
        hold = grid.back(now, -grid.reach());
        errors.interrupt();
    }

    /// Begins anew with another version.
    private void restart() {
        cool = episode == null ? cool : grid.back(now, -settings.coolDown());
        episode = null;
        errors.clearEvidence();
        if (state != DriftState.SENSOR_FAULT) {
            state = DriftState.CALM;
        }
    }

    /// Few readings are not wrong ones: the errors of those that arrive during a dropout have weight.
    private boolean weightless() {
        return fault != null && fault != Fault.DROPOUT || now.isBefore(hold) || readings.maybeStuck();
    }

    private boolean learns() {
        return state == DriftState.CALM || state == DriftState.DEGRADED;
    }

    private void decide() {
        Fault jumped = errors.jumped(feature, readings.readings(), others.values());
        Fault found = found(jumped);
        Fault present = fault == null ? found : remaining(fault, found);
        if (present != null) {
            blame(present, present == jumped);
            return;
        }
        if (fault != null) {
            acquit();
        }
        drift();
    }

    private @Nullable Fault found(@Nullable Fault jumped) {
        Fault sudden = readings.sudden();
        if (sudden != null) {
            return sudden;
        }
        return jumped != null ? jumped : readings.gradual();
    }

    private @Nullable Fault remaining(Fault present, @Nullable Fault found) {
        if (found == Fault.STUCK || found == Fault.SPIKES || found == Fault.UNIT_CHANGE) {
            return found;
        }
        boolean jumped = offset != 0 && !returned();
        return readings.show(present, jumped, isWithin(settings.faultDays())) ? present : null;
    }

    /// @param jumped whether the fault is that of a jump
    private void blame(Fault found, boolean jumped) {
        Jump jump = errors.jump();
        offset = jumped && jump != null ? jump.size() : offset;
        if (fault != found && found != Fault.DROPOUT) {
            errors.clearEvidence();
            errors.forgetJump();
        }
        fault = found;
        state = DriftState.SENSOR_FAULT;
        if (found != Fault.DROPOUT) {
            holdErrors();
        }
    }

    private void acquit() {
        fault = null;
        offset = 0;
        errors.forgetJump();
        readings.restartClock();
        state = episode == null ? DriftState.CALM : DriftState.DRIFT;
    }

    /// Whether the readings have jumped back.
    private boolean returned() {
        Jump jump = errors.jump();
        return jump != null && jump.size() * offset < 0 && Math.abs(jump.size()) > Math.abs(offset) / 2;
    }

    /// Whether the state has lasted for less than some days.
    private boolean isWithin(int days) {
        return now.isBefore(grid.back(before.since(), -days * (long) grid.day()));
    }

    private void drift() {
        double evidence = errors.evidence();
        Instant grownSince = errors.grownSince();
        if (episode != null) {
            if (evidence == 0 && !staysHeld(episode)) {
                cool = grid.back(now, -settings.coolDown());
                episode = null;
                state = DriftState.CALM;
            }
        } else if (evidence >= 1 && !now.isBefore(cool)) {
            begin(grownSince, false);
        } else if (state == DriftState.WARNING && readings.isHeld() && !now.isBefore(cool)) {
            begin(grownSince.isBefore(before.since()) ? grownSince : before.since(), true);
        } else {
            state = calmer(evidence);
        }
    }

    private void begin(Instant changedSince, boolean isLevel) {
        episode = new Episode(changedSince, errors.version(), isLevel);
        state = DriftState.DRIFT;
    }

    /// Whether the level that raised the alarm has not returned; after some days it counts as the new normal.
    private boolean staysHeld(Episode raised) {
        return raised.isLevel() && readings.isHeld() && isWithin(settings.faultDays());
    }

    private DriftState calmer(double evidence) {
        if (errors.isDegraded()) {
            return DriftState.DEGRADED;
        }
        boolean watched = state == DriftState.WARNING && readings.isWatched();
        return evidence >= settings.warn() || watched ? DriftState.WARNING : DriftState.CALM;
    }
}
