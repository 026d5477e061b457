package io.aerocast.training.check;

import static io.aerocast.training.check.Outputs.correlation;
import static io.aerocast.training.check.Outputs.variance;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Predictor;
import io.aerocast.training.dataset.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Looks for flat output: forecasts that are finite and plausible, and say nothing. Each [Symptom] gets one finding,
/// at the horizon where it is worst.
///
/// ```java
/// List<FlatOutputFinding> failed = check.findings(candidate, holdOut).stream()
///         .filter(finding -> !finding.passed())
///         .toList();
/// ```
public final class FlatOutputCheck {

    /// Changes that differ by less than this part of the true changes' deviation are the same.
    private static final double SAME = 1e-6;

    /// Origins at which a constant window is tried.
    private static final int CONSTANT_WINDOWS = 48;

    private final FlatOutputLimits limits;

    public FlatOutputCheck(FlatOutputLimits limits) {
        this.limits = limits;
    }

    /// Checks a model on data that it was not fitted on.
    ///
    /// @param data windows of the model's features, in which the target moves
    /// @return one finding per symptom, or the one that forecasts are not finite
    /// @throws IllegalArgumentException if the model cannot forecast such windows, or knows none of their horizons
    public List<FlatOutputFinding> findings(Predictor model, Dataset data) {
        Outputs outputs = Outputs.of(model, data);
        if (!outputs.finite()) {
            int first = outputs.horizons().getFirst();
            return List.of(FlatOutputFinding.of(
                    Symptom.NOT_FINITE, false, first, Double.NaN, "not every forecast is a finite number"));
        }
        List<FlatOutputFinding> findings = new ArrayList<>();
        findings.add(FlatOutputFinding.of(
                Symptom.NOT_FINITE, true, outputs.horizons().getFirst(), 0, "every forecast is a finite number"));
        findings.add(varies(outputs));
        findings.add(skill(outputs));
        findings.add(direction(outputs));
        findings.add(lag(outputs));
        findings.add(sameOutput(outputs));
        findings.add(state(model, outputs));
        findings.add(constantInput(model, outputs));
        return List.copyOf(findings);
    }

    private FlatOutputFinding varies(Outputs outputs) {
        int[] observed = outputs.observed(0);
        double ratio = variance(observed, i -> outputs.forecast(i, 0)) / variance(observed, i -> outputs.actual(i, 0));
        return FlatOutputFinding.of(
                Symptom.VARIANCE,
                ratio >= limits.minimumVarianceRatio() && ratio <= limits.maximumVarianceRatio(),
                outputs.horizons().getFirst(),
                ratio,
                "variance of the forecasts over that of what came true %%.3g, allowed %s to %s"
                        .formatted(limits.minimumVarianceRatio(), limits.maximumVarianceRatio()));
    }

    private FlatOutputFinding skill(Outputs outputs) {
        int worst = lowest(outputs, outputs::skill);
        double skill = outputs.skill(worst);
        return FlatOutputFinding.of(
                Symptom.NO_SKILL,
                skill > limits.minimumSkill(),
                outputs.horizons().get(worst),
                skill,
                "skill against persistence %%.3g at horizon %%d, must exceed %s".formatted(limits.minimumSkill()));
    }

    private FlatOutputFinding direction(Outputs outputs) {
        IntToDoubleFunction correlation = h ->
                correlation(outputs.observed(h), i -> outputs.forecastChange(i, h), i -> outputs.actualChange(i, h));
        int worst = lowest(outputs, correlation);
        double lowest = correlation.applyAsDouble(worst);
        return FlatOutputFinding.of(
                Symptom.DIRECTION,
                lowest > limits.minimumCorrelation(),
                outputs.horizons().get(worst),
                lowest,
                "correlation of forecast and true changes %%.3g at horizon %%d, must exceed %s"
                        .formatted(limits.minimumCorrelation()));
    }

    private FlatOutputFinding lag(Outputs outputs) {
        int worst = IntStream.range(0, outputs.horizons().size())
                .filter(h -> !(outputs.skill(h) > limits.minimumSkill()) && outputs.bestLag(h) > 0)
                .findFirst()
                .orElse(-1);
        int h = Math.max(worst, 0);
        return FlatOutputFinding.of(
                Symptom.LAG,
                worst < 0,
                outputs.horizons().get(h),
                outputs.bestLag(h),
                worst < 0
                        ? "no horizon without skill follows the past"
                        : "without skill, and closest to what was observed %.0f steps before the target at horizon %d");
    }

    private static FlatOutputFinding sameOutput(Outputs outputs) {
        int[] all = IntStream.range(0, outputs.values().length).toArray();
        IntToDoubleFunction spread = h -> Math.sqrt(variance(all, i -> outputs.forecastChange(i, h))
                / variance(outputs.observed(h), i -> outputs.actualChange(i, h)));
        int worst = lowest(outputs, spread);
        double lowest = spread.applyAsDouble(worst);
        return FlatOutputFinding.of(
                Symptom.SAME_OUTPUT,
                lowest > SAME,
                outputs.horizons().get(worst),
                lowest,
                "deviation of the forecast changes over that of the true ones %.3g at horizon %d");
    }

    private static FlatOutputFinding state(Predictor model, Outputs outputs) {
        double[] again = Outputs.forecast(model, outputs.samples().getFirst().lookback(), outputs.horizons());
        double[] before = outputs.values()[0];
        int worst = IntStream.range(0, before.length)
                .filter(h -> before[h] != again[h])
                .findFirst()
                .orElse(0);
        return FlatOutputFinding.of(
                Symptom.STATE,
                Arrays.equals(before, again),
                outputs.horizons().get(worst),
                Math.abs(again[worst] - before[worst]),
                "the first window forecast again differs by %.3g");
    }

    private FlatOutputFinding constantInput(Predictor model, Outputs outputs) {
        int[] observed = outputs.observed(0);
        double deviation = Math.sqrt(variance(observed, i -> outputs.actual(i, 0)));
        double[] level = level(outputs);
        // The mean over many times of day: a model that knows the time rightly leaves the level at each one of them.
        int stride = (outputs.samples().size() / CONSTANT_WINDOWS) | 1; // odd, so as not to meet one time of day only
        double away = IntStream.iterate(0, i -> i < outputs.samples().size(), i -> i + stride)
                .mapToObj(i -> constant(outputs.samples().get(i).lookback(), level))
                .mapToDouble(window -> Outputs.forecast(model, window, outputs.horizons())[0] - level[0])
                .average()
                .orElseThrow();
        double furthest = Math.abs(away) / deviation;
        return FlatOutputFinding.of(
                Symptom.CONSTANT_INPUT,
                furthest <= limits.constantTolerance(),
                outputs.horizons().getFirst(),
                furthest,
                "a constant window is forecast %%.3g deviations away from it on average, allowed %s"
                        .formatted(limits.constantTolerance()));
    }

    /// The mean of each feature over all windows.
    ///
    /// @return shape [features]
    private static double[] level(Outputs outputs) {
        int features = outputs.samples().getFirst().lookback().features();
        return IntStream.range(0, features)
                .mapToDouble(feature -> outputs.samples().stream()
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

    /// The horizon whose value is lowest, `NaN` before any other.
    private static int lowest(Outputs outputs, IntToDoubleFunction value) {
        int worst = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int h = 0; h < outputs.horizons().size(); h++) {
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
