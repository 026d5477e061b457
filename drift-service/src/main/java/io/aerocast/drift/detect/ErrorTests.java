package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.Fault;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tests of the errors of one feature, at one evaluation: a mutable copy of their part of a [FeatureWatch].
final class ErrorTests {

    /// One-step error that is hard to explain by the weather, in standard deviations.
    private static final double SHOCK = 2.5;

    /// Largest evidence, as a multiple of the threshold: an episode ends in bounded time.
    private static final double CAP = 1.5;

    private static final double SIZE_CLIP = 3;
    private static final double LEAST_SPREAD = 0.1;
    private static final double MOVEMENT_CLIP = 3;
    private static final int SKILL_DAYS = 14;

    /// Size of an offset, as a multiple of the smallest jump: fronts jump as well.
    private static final double OFFSET_JUMPS = 1.3;

    private final Grid grid;
    private final DetectProperties settings;
    private final Evaluation evaluation;
    private final Instant now;
    private final Map<String, ModelWatch> models;
    private final List<Instant> shocks;
    private String served;
    private Cusum size;
    private Cusum above;
    private Cusum below;
    private @Nullable Jump jump;
    private boolean isFollowed;

    ErrorTests(Grid grid, DetectProperties settings, Evaluation evaluation, Instant now, FeatureWatch before) {
        this.grid = grid;
        this.settings = settings;
        this.evaluation = evaluation;
        this.now = now;
        models = new TreeMap<>(before.models());
        shocks = new ArrayList<>(before.shocks());
        served = before.served();
        size = before.size();
        above = before.above();
        below = before.below();
        jump = before.jump();
    }

    String served() {
        return served;
    }

    Map<String, ModelWatch> models() {
        return models;
    }

    Cusum size() {
        return size;
    }

    Cusum above() {
        return above;
    }

    Cusum below() {
        return below;
    }

    List<Instant> shocks() {
        return shocks;
    }

    @Nullable
    Jump jump() {
        return jump;
    }

    /// Forgets the unfinished days of errors.
    void interrupt() {
        models.replaceAll((_, model) -> model.interrupted());
    }

    void clearEvidence() {
        size = Cusum.zero(now);
        above = Cusum.zero(now);
        below = Cusum.zero(now);
    }

    void forgetJump() {
        jump = null;
    }

    /// Notes the model of the evaluation.
    ///
    /// @return whether another version serves than before
    boolean note() {
        shocks.removeIf(at -> at.isBefore(grid.back(now, 2L * grid.followed())));
        String kind = evaluation.model();
        String version = evaluation.pairs().getFirst().modelVersion();
        if (kind.equals(ModelKinds.BLEND)) {
            served = kind;
        }
        ModelWatch known = models.get(kind);
        ModelWatch model =
                known == null ? ModelWatch.of(version, now, grid.watched().size()) : known.seen(now);
        boolean isNew = !model.version().equals(version);
        models.put(kind, isNew ? model.withVersion(version, settings.reference(), settings.learn()) : model);
        models.values().removeIf(each -> grid.steps(each.at(), now) > settings.memory() * (long) grid.day());
        return isNew && kind.equals(served);
    }

    /// Takes the errors of the evaluation.
    ///
    /// @param weightless whether they are those of faulty readings
    /// @param learns whether the normal errors are learnt from them
    void test(Readings readings, boolean weightless, boolean learns) {
        Pair near = evaluation.pairs().getFirst();
        boolean isNear = near.horizon() == grid.near();
        if (evaluation.model().equals(served)) {
            follow(near, isNear, readings);
        }
        if (weightless) {
            return;
        }
        if (isNear) {
            testSize(near, readings, learns);
        }
        double[] errors = watchedErrors();
        if (errors != null) {
            testShift(errors, readings, learns);
            testSkill(evaluation.pairs().getLast());
        }
    }

    private ModelWatch model() {
        return Objects.requireNonNull(models.get(evaluation.model()), "noted");
    }

    /// Looks for the jump of an offset or of another unit.
    private void follow(Pair near, boolean isNear, Readings readings) {
        double error = near.residual(evaluation.actual());
        double score = Math.abs(model().step().score(error, readings.least()));
        boolean known = isNear && model().step().knows(settings.reference());
        if (known && score > SHOCK) {
            shocks.add(now);
        }
        boolean moved = Math.abs(readings.move()) > Math.abs(error) / 2
                || readings.last().size() < 2;
        if (jump == null && known && score >= settings.jump() && moved) {
            jump = Jump.of(now, error);
        }
        if (jump != null) {
            jump = followed(jump, readings);
        }
    }

    private @Nullable Jump followed(Jump known, Readings readings) {
        long age = grid.steps(known.at(), now) + 1;
        Pair earlier = evaluation.at((int) Math.min(age, grid.far() + 1)).orElse(null);
        Jump next = earlier == null
                ? known
                : known.next(age, grid.followed(), evaluation.actual(), earlier, readings.least());
        isFollowed = age < grid.followed();
        return next.isOver() || age > grid.followed() ? null : next;
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
    private void testSize(Pair pair, Readings readings, boolean learns) {
        // Before the usual movement is known, ratios to it are meaningless and would spoil what is usual.
        if (!readings.pace().knows(grid.day())) {
            return;
        }
        double error = pair.residual(evaluation.actual());
        double ratio = Math.cbrt(Math.pow(error / movement(pair, readings), 2));
        if (model().near().knows(settings.reference()) && !readings.roughens(settings.noise())) {
            double z = Math.min(SIZE_CLIP, model().near().score(ratio, LEAST_SPREAD));
            size = size.next(now, z, settings.sizeSlack(), weight(), CAP * settings.sizeThreshold());
        }
        if (learns) {
            models.put(evaluation.model(), model().learntNear(ratio, error, settings.memory() * (double) grid.day()));
        }
    }

    /// Half the present change of the readings, half their usual one.
    private double movement(Pair pair, Readings readings) {
        double usual = Math.max(readings.pace().mean(), readings.least());
        Double origin = pair.persistence();
        double move = origin == null ? readings.move() : evaluation.actual() - origin;
        return Math.min(Math.abs(move), MOVEMENT_CLIP * usual) / 2 + usual / 2;
    }

    /// Judges whether errors of the watched horizons have one sign for too long.
    private void testShift(double[] errors, Readings readings, boolean learns) {
        if (jump != null && jump.strayed() == 0) {
            return;
        }
        if (model().days().getLast().knows(settings.learn())) {
            double z = model().score(errors, readings.least());
            double weight = weight() / grid.day();
            double cap = CAP * settings.threshold();
            above = above.next(now, Math.min(settings.clip(), z), settings.slack(), weight, cap);
            below = below.next(now, Math.min(settings.clip(), -z), settings.slack(), weight, cap);
        }
        if (learns) {
            models.put(evaluation.model(), model().learntDay(errors, grid.day(), settings.memory()));
        }
    }

    private void testSkill(Pair far) {
        Skill next = model().skill()
                .next(
                        far,
                        evaluation.actual(),
                        (double) SKILL_DAYS * grid.day(),
                        settings.lostSkill(),
                        settings.lowestCoverage());
        models.put(evaluation.model(), model().with(next));
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

    /// The fault that the jump which is being followed shows, or `null`.
    ///
    /// @param others the other features of the station: without one, an offset cannot be told from the weather
    @Nullable
    Fault jumped(Feature feature, Readings readings, Collection<FeatureWatch> others) {
        if (jump == null) {
            return null;
        }
        if (feature.unit().equals("°C") && jump.isUnitChange()) {
            return Fault.UNIT_CHANGE;
        }
        boolean isOffset =
                !isFollowed && jump.isOffset(settings.offset()) && isFar(jump, readings) && isAlone(jump.at(), others);
        return isOffset ? Fault.OFFSET : null;
    }

    /// Whether a jump is larger than those of fronts.
    private boolean isFar(Jump candidate, Readings readings) {
        ModelWatch model = models.get(served);
        return model != null
                && Math.abs(candidate.size())
                        > OFFSET_JUMPS * settings.jump() * model.step().deviation(readings.least());
    }

    /// Whether neither the other features nor the step before it were hard to forecast. The step after it is:
    /// the models answer to the jump.
    private boolean isAlone(Instant at, Collection<FeatureWatch> others) {
        return !others.isEmpty()
                && others.stream()
                        .flatMap(other -> other.shocks().stream())
                        .noneMatch(shock -> Math.abs(grid.steps(at, shock)) <= 1)
                && shocks.stream().noneMatch(shock -> grid.steps(shock, at) == 1);
    }

    /// The largest evidence, as a part of its threshold.
    double evidence() {
        return Math.max(
                size.statistic() / settings.sizeThreshold(),
                Math.max(above.statistic(), below.statistic()) / settings.threshold());
    }

    /// When the errors of the largest evidence began to grow.
    Instant grownSince() {
        Cusum shift = above.statistic() > below.statistic() ? above : below;
        boolean isShift = shift.statistic() / settings.threshold() > size.statistic() / settings.sizeThreshold();
        return (isShift ? shift : size).since();
    }

    /// Whether the forecasts have had no skill, or too low a coverage, for long.
    boolean isDegraded() {
        ModelWatch model = models.get(served);
        return model != null && model.skill().bad() > settings.degradedAfter() * grid.day();
    }

    String version() {
        ModelWatch model = models.get(served);
        return model == null ? evaluation.pairs().getFirst().modelVersion() : model.version();
    }
}
