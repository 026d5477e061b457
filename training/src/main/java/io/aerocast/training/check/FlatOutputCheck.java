package io.aerocast.training.check;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Predictor;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import io.aerocast.training.score.Inferiority;
import io.aerocast.training.score.Overlap;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Detects flat output: forecasts that are finite and plausible, but carry no information. Each [Symptom] has
/// one finding.
///
/// The statistical symptoms are measured over all horizons together. From fewer than [#LARGE] origins, a limit
/// must be crossed by more than chance explains: twenty origins show that a line is flat, but not that a skill
/// of -0.01 is none. From more, the limit itself decides.
///
/// ```java
/// List<Finding> failed = check.findings(candidate, Forecasts.of(candidate, holdOut)).stream()
///         .filter(finding -> !finding.passed())
///         .toList();
/// ```
public final class FlatOutputCheck {

    /// Changes that differ by less than this fraction of the observed changes' deviation count as equal.
    private static final double SAME = 1e-6;

    /// Largest number of origins at which a constant window is forecast, about.
    private static final int CONSTANT_WINDOWS = 48;

    /// Number of origins from which a measurement is taken as it is.
    public static final int LARGE = 250;

    /// Level of the tests on fewer origins, and the quantile of the normal distribution that belongs to it.
    private static final double LEVEL = 0.05;

    private static final double QUANTILE = 1.645;

    private final FlatOutputLimits limits;

    public FlatOutputCheck(FlatOutputLimits limits) {
        this.limits = limits;
    }

    /// Checks a model on samples that it was not fitted on. The model itself is only run for [Symptom#STATE]
    /// and [Symptom#CONSTANT_INPUT]. Horizons that it does not know are left out.
    ///
    /// @param forecasts of the model, for samples in which the target moves
    /// @return one finding per symptom, or only the one that forecasts are not finite
    public List<Finding> findings(Predictor model, Forecasts forecasts) {
        return new Examination(model, forecasts).findings();
    }

    /// The check of one model.
    private final class Examination {

        private final Predictor model;
        private final Forecasts forecasts;
        private final int[] indices;
        private final Inferiority against;

        private Examination(Predictor model, Forecasts forecasts) {
            this.model = model;
            this.forecasts = forecasts;
            List<Integer> horizons = forecasts.pipeline().horizons();
            this.indices = IntStream.range(0, horizons.size())
                    .filter(h -> model.card().horizons().contains(horizons.get(h)))
                    .toArray();
            Forecasts known = forecasts.at(indices);
            Forecasts persistence = Forecasts.persistence(known.pipeline(), known.samples());
            this.against = Inferiority.of(known, persistence, persistence.squares());
        }

        private List<Integer> horizons() {
            return IntStream.of(indices).mapToObj(this::horizon).toList();
        }

        private List<Finding> findings() {
            if (!IntStream.of(indices).allMatch(forecasts::finiteAt)) {
                return List.of(Symptom.NOT_FINITE.finding(false, "not every forecast is a finite number"));
            }
            return List.of(
                    Symptom.NOT_FINITE.finding(true, "every forecast is a finite number"),
                    variance(),
                    skill(),
                    direction(),
                    lag(),
                    sameOutput(),
                    state(),
                    constantInput());
        }

        private boolean large() {
            return forecasts.origins(0) >= LARGE;
        }

        /// The logarithm of a ratio of variances of n pairs with correlation ρ has a standard error of about
        /// √(4(1 − ρ²)/n) (Morgan 1939).
        private Finding variance() {
            double ratio = forecasts.varianceRatio();
            double correlation = forecasts.levelCorrelation();
            double chance = large()
                    ? 1
                    : Math.exp(QUANTILE * Math.sqrt(4 * (1 - correlation * correlation) / forecasts.origins(0)));
            return Symptom.VARIANCE.finding(
                    ratio * chance >= limits.minimumVarianceRatio() && ratio / chance <= limits.maximumVarianceRatio(),
                    "variance of the forecasts over that of the observations %.3g, allowed %s to %s",
                    ratio,
                    limits.minimumVarianceRatio(),
                    limits.maximumVarianceRatio());
        }

        private boolean skilled() {
            double limit = large() ? limits.minimumSkill() : Double.NEGATIVE_INFINITY;
            return against.skill() > limit && against.pValue() >= LEVEL;
        }

        private Finding skill() {
            int worst = lowest(forecasts::skill);
            return Symptom.NO_SKILL.finding(
                    skilled(),
                    "skill against persistence %.3g over all horizons, %.3g at horizon %d, must exceed %s",
                    against.skill(),
                    forecasts.skill(worst),
                    horizon(worst),
                    limits.minimumSkill());
        }

        private Finding direction() {
            int worst = lowest(forecasts::changeCorrelation);
            double pooled = forecasts.changeCorrelation(indices);
            double independent = forecasts.origins(0) / Overlap.of(horizons());
            double chance = large() ? 0 : QUANTILE / Math.sqrt(Math.max(1, independent - 3)); // Fisher's z
            return Symptom.DIRECTION.finding(
                    atanh(pooled) + chance > atanh(limits.minimumCorrelation()),
                    "correlation of forecast and observed changes %.3g at horizon %d, %.3g over all, must exceed %s",
                    forecasts.changeCorrelation(worst),
                    horizon(worst),
                    pooled,
                    limits.minimumCorrelation());
        }

        private static double atanh(double correlation) {
            return 0.5 * Math.log((1 + correlation) / (1 - correlation));
        }

        private Finding lag() {
            return IntStream.of(indices)
                    .filter(_ -> !skilled())
                    .filter(h -> !(forecasts.skill(h) > limits.minimumSkill()) && forecasts.bestLag(h) > 0)
                    .boxed()
                    .findFirst()
                    .map(h -> Symptom.LAG.finding(
                            false,
                            "without skill, and closest to what was observed %d steps before the target at horizon %d",
                            forecasts.bestLag(h),
                            horizon(h)))
                    .orElseGet(() -> Symptom.LAG.finding(true, "no horizon without skill follows the past"));
        }

        private Finding sameOutput() {
            int worst = lowest(forecasts::changeRatio);
            double ratio = forecasts.changeRatio(worst);
            return Symptom.SAME_OUTPUT.finding(
                    ratio > SAME,
                    "deviation of the forecast changes over that of the observed ones %.3g at horizon %d",
                    ratio,
                    horizon(worst));
        }

        /// Forecasts the first window again, after all the others.
        private Finding state() {
            double[] before = IntStream.of(indices)
                    .mapToDouble(h -> forecasts.values().getFirst().value()[h])
                    .toArray();
            double[] again = forecast(forecasts.samples().getFirst().lookback());
            double difference = IntStream.range(0, before.length)
                    .filter(h -> before[h] != again[h])
                    .mapToDouble(h -> Math.abs(again[h] - before[h]))
                    .findFirst()
                    .orElse(0);
            return Symptom.STATE.finding(
                    Arrays.equals(before, again), "the first window forecast again differs by %.3g", difference);
        }

        /// The distance is averaged over many times of day: at each single one, a model that knows the time
        /// rightly leaves the level.
        private Finding constantInput() {
            List<Sample> samples = forecasts.samples();
            double[] level = level(samples);
            int stride = (samples.size() / CONSTANT_WINDOWS) | 1; // odd, so that not only one time of day is met
            double away = IntStream.iterate(0, i -> i < samples.size(), i -> i + stride)
                    .mapToObj(i -> constant(samples.get(i).lookback(), level))
                    .mapToDouble(window -> forecast(window)[0] - level[0])
                    .average()
                    .orElseThrow();
            double furthest = Math.abs(away) / forecasts.actualDeviation(0);
            return Symptom.CONSTANT_INPUT.finding(
                    furthest <= limits.constantTolerance(),
                    "a constant window is forecast %.3g deviations away from it on average, allowed %s",
                    furthest,
                    limits.constantTolerance());
        }

        /// @return shape [indices]
        private double[] forecast(Lookback lookback) {
            double[] value = model.predict(lookback).value();
            return IntStream.of(indices)
                    .mapToDouble(h -> value[model.card().indexOf(horizon(h))])
                    .toArray();
        }

        private int horizon(int h) {
            return forecasts.pipeline().horizons().get(h);
        }

        /// The horizon index with the lowest value; `NaN` counts as the lowest.
        private int lowest(IntToDoubleFunction value) {
            int worst = indices[0];
            double lowest = Double.POSITIVE_INFINITY;
            for (int h : indices) {
                double found = value.applyAsDouble(h);
                if (Double.isNaN(found)) {
                    return h;
                }
                if (found < lowest) {
                    lowest = found;
                    worst = h;
                }
            }
            return worst;
        }
    }

    /// The mean of each feature over all windows.
    ///
    /// @return shape [features]
    private static double[] level(List<Sample> samples) {
        int features = samples.getFirst().lookback().features();
        return IntStream.range(0, features)
                .mapToDouble(feature -> samples.stream()
                        .flatMap(sample -> Arrays.stream(sample.lookback().rows()))
                        .mapToDouble(row -> row[feature])
                        .filter(value -> !Double.isNaN(value))
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    private static Lookback constant(Lookback like, double[] level) {
        double[][] rows = new double[like.steps()][];
        Arrays.setAll(rows, _ -> level.clone());
        return new Lookback(rows, like.origin());
    }
}
