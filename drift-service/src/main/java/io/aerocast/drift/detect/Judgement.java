package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.Fault;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The effect of one evaluation on the state of its feature: a mutable copy of a [FeatureWatch].
final class Judgement {

    private static final int SUSPECT_RUN = 6;
    private static final double SHOCK = 2.5;
    private static final double CAP = 1.5;
    private static final double SIZE_CLIP = 3;
    private static final double LEAST_SPREAD = 0.1;
    private static final double MOVEMENT_CLIP = 3;
    private static final int SKILL_DAYS = 14;
    private static final int WATCH_DAYS = 7;
    private static final double OFFSET_JUMPS = 1.3;
    private static final int RETURN_DAYS = 2;

    private final Grid grid;
    private final DetectProperties settings;
    private final Feature feature;
    private final Evaluation evaluation;
    private final Instant now;
    private final FeatureWatch before;
    private final Map<String, FeatureWatch> others;

    private DriftState state;
    private @Nullable Fault fault;
    private String served;
    private Readings readings;
    private Clock clock;
    private Level level;
    private final Map<String, ModelWatch> models;
    private Cusum size;
    private Cusum above;
    private Cusum below;
    private final List<Instant> shocks;
    private final List<Instant> spikes;
    private Refusals refused;
    private @Nullable Jump jump;
    private double offset;
    private Instant hold;
    private Instant cool;
    private @Nullable Episode episode;
    private boolean isFollowed;

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
        state = before.state();
        fault = before.fault();
        served = before.served();
        readings = before.readings();
        clock = before.clock();
        level = before.level();
        models = new TreeMap<>(before.models());
        size = before.size();
        above = before.above();
        below = before.below();
        shocks = new ArrayList<>(before.shocks());
        spikes = new ArrayList<>(before.spikes());
        refused = before.refused();
        jump = before.jump();
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
        if (now.isAfter(readings.at())) {
            read();
        }
        errors();
        decide();
        boolean changed = state != before.state() || fault != before.fault();
        return new FeatureWatch(
                state,
                fault,
                changed ? now : before.since(),
                served,
                readings,
                clock,
                level,
                models,
                size,
                above,
                below,
                shocks,
                spikes,
                refused,
                jump,
                offset,
                hold,
                cool,
                episode);
    }

    // The readings ---------------------------------------------------------------------------------------------

    private void read() {
        long steps = grid.steps(readings.at(), now);
        boolean learns = fault == null && spikes.isEmpty();
        readings = readings.next(now, evaluation.actual(), steps, settings.memory() * (double) grid.day(), learns);
        shocks.removeIf(at -> at.isBefore(grid.back(now, 2 * grid.followed())));
        spikes.removeIf(at -> at.isBefore(grid.back(now, 3 * grid.day())));
        refused = refused.around(now, grid);
        if (readings.pace().knows(grid.day())
                && readings.spiked(settings.spike() * readings.pace().mean())) {
            spikes.add(now);
            holdErrors();
        }
        if (fault == null) {
            int averaged = episode != null && episode.isLevel() ? RETURN_DAYS : WATCH_DAYS;
            level = level.next(evaluation.actual(), grid.day(), settings.memory(), averaged, learns());
        }
        if (steps == 1 && grid.day() <= Grid.LONGEST_COURSE) {
            clock = clock.next(grid.stepOfDay(now), grid.day(), readings.move(), learns);
        }
    }

    private void holdErrors() {
        hold = grid.back(now, -grid.reach());
        models.replaceAll((_, model) -> model.interrupted());
    }

    // The errors -----------------------------------------------------------------------------------------------

    private void errors() {
        String kind = evaluation.model();
        Pair near = evaluation.pairs().getFirst();
        Pair far = evaluation.pairs().getLast();
        ModelWatch model = models.get(kind);
        if (kind.equals(ModelKinds.BLEND)) {
            served = kind;
        }
        model = model == null
                ? ModelWatch.of(near.modelVersion(), now, grid.watched().size())
                : model.seen(now);
        if (!model.version().equals(near.modelVersion())) {
            model = model.withVersion(near.modelVersion(), settings.reference(), settings.learn());
            if (kind.equals(served)) {
                restart();
            }
        }
        models.put(kind, model);
        models.values().removeIf(each -> grid.steps(each.at(), now) > settings.memory() * (long) grid.day());
        if (kind.equals(served)) {
            follow(near, model);
        }
        if (near.horizon() == grid.near()) {
            judgeSize(kind, near);
        }
        double[] errors = watchedErrors();
        if (errors != null) {
            judgeShift(kind, errors);
            judgeSkill(kind, far);
        }
    }

    private void restart() {
        cool = episode == null ? cool : grid.back(now, -settings.coolDown());
        episode = null;
        clearEvidence();
        if (state != DriftState.SENSOR_FAULT) {
            state = DriftState.CALM;
        }
    }

    private void clearEvidence() {
        size = Cusum.zero(now);
        above = Cusum.zero(now);
        below = Cusum.zero(now);
    }

    /// Looks for the jump of an offset or of another unit.
    private void follow(Pair near, ModelWatch model) {
        double error = near.residual(evaluation.actual());
        double score = model.step().score(error, readings.least());
        boolean known = model.step().knows(settings.reference());
        if (known && near.horizon() == grid.near() && Math.abs(score) > SHOCK) {
            shocks.add(now);
        }
        boolean moved = Math.abs(readings.move()) > Math.abs(error) / 2
                || readings.last().size() < 2;
        if (jump == null && known && near.horizon() == grid.near() && Math.abs(score) >= settings.jump() && moved) {
            jump = Jump.of(now, error);
        }
        if (jump != null) {
            long age = grid.steps(jump.at(), now) + 1;
            Pair earlier = evaluation.at((int) Math.min(age, grid.far() + 1)).orElse(null);
            jump = earlier == null
                    ? jump
                    : jump.next(age, grid.followed(), evaluation.actual(), earlier, readings.least());
            isFollowed = age < grid.followed();
            if (jump.isOver() || age > grid.followed()) {
                jump = null;
            }
        }
    }

    /// Few readings are not wrong ones: the errors of those that arrive during a dropout have weight.
    private boolean weightless() {
        return fault != null && fault != Fault.DROPOUT || now.isBefore(hold) || readings.same() >= SUSPECT_RUN;
    }

    /// The kinds that serve share the evidence alike.
    private double weight() {
        long serving = models.values().stream()
                .filter(model -> grid.steps(model.at(), now) <= grid.followed())
                .count();
        return 1.0 / Math.max(1, serving);
    }

    /// Judges whether one-step errors have grown, relative to the movement of the readings: a day of changeable
    /// weather has larger ones without drift. The power 2/3 makes the skewed absolute error nearly normal
    /// (Wilson and Hilferty).
    private void judgeSize(String kind, Pair pair) {
        // Before the usual movement is known, ratios to it are meaningless and would spoil what is usual.
        if (weightless() || !readings.pace().knows(grid.day())) {
            return;
        }
        ModelWatch model = Objects.requireNonNull(models.get(kind));
        double error = pair.residual(evaluation.actual());
        double ratio = Math.cbrt(Math.pow(error / movement(pair), 2));
        if (model.near().knows(settings.reference()) && !readings.roughens(settings.noise())) {
            double z = Math.min(SIZE_CLIP, model.near().score(ratio, LEAST_SPREAD));
            size = size.next(now, z, settings.sizeSlack(), weight(), CAP * settings.sizeThreshold());
        }
        if (learns()) {
            models.put(kind, model.learntNear(ratio, error, settings.memory() * (double) grid.day()));
        }
    }

    /// Half the present change of the readings, half their usual one.
    private double movement(Pair pair) {
        double usual = Math.max(readings.pace().mean(), readings.least());
        Double origin = pair.persistence();
        double move = origin == null ? readings.move() : evaluation.actual() - origin;
        return Math.min(Math.abs(move), MOVEMENT_CLIP * usual) / 2 + usual / 2;
    }

    private boolean learns() {
        return state == DriftState.CALM || state == DriftState.DEGRADED;
    }

    private void judgeShift(String kind, double[] errors) {
        ModelWatch model = Objects.requireNonNull(models.get(kind));
        if (weightless() || jump != null && jump.strayed() == 0) {
            return;
        }
        if (model.days().getLast().knows(settings.learn())) {
            double z = model.score(errors, readings.least());
            double weight = weight() / grid.day();
            double cap = CAP * settings.threshold();
            above = above.next(now, Math.min(settings.clip(), z), settings.slack(), weight, cap);
            below = below.next(now, Math.min(settings.clip(), -z), settings.slack(), weight, cap);
        }
        if (learns()) {
            models.put(kind, model.learntDay(errors, grid.day(), settings.memory()));
        }
    }

    private void judgeSkill(String kind, Pair far) {
        if (!weightless()) {
            models.computeIfPresent(
                    kind,
                    (_, model) -> model.with(model.skill()
                            .next(
                                    far,
                                    evaluation.actual(),
                                    (double) SKILL_DAYS * grid.day(),
                                    settings.lostSkill(),
                                    settings.lowestCoverage())));
        }
    }

    private double @Nullable [] watchedErrors() {
        double[] errors = new double[grid.watched().size()];
        for (int h = 0; h < errors.length; h++) {
            Pair pair = evaluation.at(grid.watched().get(h)).orElse(null);
            if (pair == null) {
                return null;
            }
            errors[h] = pair.residual(evaluation.actual());
        }
        return errors;
    }

    // The decision ---------------------------------------------------------------------------------------------

    private void decide() {
        Fault found = fault == null ? newFault() : remainingFault();
        if (found != null) {
            if (fault != found && found != Fault.DROPOUT) {
                clearEvidence();
                jump = null;
            }
            fault = found;
            state = DriftState.SENSOR_FAULT;
            if (found != Fault.DROPOUT) {
                holdErrors();
            }
            return;
        }
        if (fault != null) {
            fault = null;
            offset = 0;
            jump = null;
            clock = clock.restarted();
            state = episode == null ? DriftState.CALM : DriftState.DRIFT;
        }
        drift();
    }

    private @Nullable Fault newFault() {
        if (readings.same() > stuckAfter()) {
            return Fault.STUCK;
        }
        if (spikes.size() >= settings.spikes()) {
            return Fault.SPIKES;
        }
        if (jump != null && feature.unit().equals("°C") && jump.isUnitChange()) {
            offset = jump.size();
            return Fault.UNIT_CHANGE;
        }
        if (jump != null && !isFollowed && jump.isOffset(settings.offset()) && isFar(jump) && isAlone(jump.at())) {
            offset = jump.size();
            return Fault.OFFSET;
        }
        if (clock.joint(Clock.of(others)) > settings.clock()) {
            return Fault.CLOCK_SHIFT;
        }
        if (readings.isNoisy(settings.noise())) {
            return Fault.NOISE;
        }
        return readings.lacks(settings.dropout(), WATCH_DAYS * (double) grid.day()) ? Fault.DROPOUT : null;
    }

    private @Nullable Fault remainingFault() {
        Fault other = newFault();
        if (other == Fault.STUCK || other == Fault.SPIKES || other == Fault.UNIT_CHANGE) {
            return other;
        }
        Fault present = Objects.requireNonNull(fault);
        boolean recent = now.isBefore(grid.back(before.since(), -settings.faultDays() * grid.day()));
        boolean remains = switch (present) {
            case STUCK -> readings.same() > 1;
            case SPIKES -> !spikes.isEmpty();
            case NOISE -> readings.noise().statistic() > 0;
            case DROPOUT ->
                readings.arrived()
                        < (1 + settings.dropout()) / 2 * readings.usual().mean();
            case IMPLAUSIBLE -> !refused.isEmpty();
            case OFFSET, UNIT_CHANGE -> !refused.isEmpty() || recent && offset != 0 && !returned();
            case CLOCK_SHIFT -> recent && clock.evidence() > 0;
        };
        return remains ? present : null;
    }

    /// Whether the readings have jumped back.
    private boolean returned() {
        return jump != null && jump.size() * offset < 0 && Math.abs(jump.size()) > Math.abs(offset) / 2;
    }

    private int stuckAfter() {
        Duration limit = feature.quality().stuck();
        return limit == null ? settings.stuckAfter() : Math.max(settings.stuckAfter(), grid.steps(limit));
    }

    /// Whether another feature of the station can tell a fault of this one from a change of the weather.
    private boolean hasWitness() {
        return !others.isEmpty();
    }

    /// Whether a jump is larger than those of fronts.
    private boolean isFar(Jump candidate) {
        ModelWatch model = models.get(served);
        return model != null
                && Math.abs(candidate.size())
                        > OFFSET_JUMPS * settings.jump() * model.step().deviation(readings.least());
    }

    /// Whether neither the other features nor the step before it were hard to forecast. The step after it is:
    /// the models answer to the jump.
    private boolean isAlone(Instant at) {
        return hasWitness()
                && others.values().stream()
                        .flatMap(other -> other.shocks().stream())
                        .noneMatch(shock -> Math.abs(grid.steps(at, shock)) <= 1)
                && shocks.stream().noneMatch(shock -> grid.steps(shock, at) == 1);
    }

    private void drift() {
        double evidence = evidence();
        if (episode != null) {
            if (evidence == 0 && !staysHeld(episode)) {
                cool = grid.back(now, -settings.coolDown());
                episode = null;
                state = DriftState.CALM;
            }
        } else if (evidence >= 1 && !now.isBefore(cool)) {
            begin(strongest().since(), false);
        } else if (state == DriftState.WARNING && isHeld() && !now.isBefore(cool)) {
            begin(earlier(strongest().since(), before.since()), true);
        } else {
            state = calmer(evidence);
        }
    }

    private void begin(Instant changedSince, boolean isLevel) {
        episode = new Episode(changedSince, version(), isLevel);
        state = DriftState.DRIFT;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /// Whether the level that raised the alarm has not returned; after some days it counts as the new normal.
    private boolean staysHeld(Episode raised) {
        return raised.isLevel()
                && isHeld()
                && now.isBefore(grid.back(before.since(), -settings.faultDays() * grid.day()));
    }

    private double evidence() {
        return Math.max(
                size.statistic() / settings.sizeThreshold(),
                Math.max(above.statistic(), below.statistic()) / settings.threshold());
    }

    /// Whether the readings stay at a new level after suspicious errors, although the forecasts may follow them.
    private boolean isHeld() {
        return Math.abs(level.moved(settings.heldAfter(), readings.least())) > settings.held();
    }

    private DriftState calmer(double evidence) {
        ModelWatch model = models.get(served);
        if (model != null && model.skill().bad() > settings.degradedAfter() * grid.day()) {
            return DriftState.DEGRADED;
        }
        boolean watched = state == DriftState.WARNING && level.days() < WATCH_DAYS;
        return evidence >= settings.warn() || watched ? DriftState.WARNING : DriftState.CALM;
    }

    private Cusum strongest() {
        Cusum far = above.statistic() > below.statistic() ? above : below;
        return far.statistic() / settings.threshold() > size.statistic() / settings.sizeThreshold() ? far : size;
    }

    private String version() {
        ModelWatch model = models.get(served);
        return model == null ? evaluation.pairs().getFirst().modelVersion() : model.version();
    }
}
