package io.aerocast.training.report;

import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.plot.Chart;
import io.aerocast.training.plot.Chart.Axis;
import io.aerocast.training.plot.Chart.Ink;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.Forecasts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The plots of a candidate, by file name.
public final class Plots {

    /// Maximum number of origins in a plot, the newest ones; more would be illegible.
    private static final int MOST_ORIGINS = 240;

    private Plots() {}

    /// @param scores measurements of the judge, or `null` if none was possible
    public static Map<String, Chart> of(Fitted fitted, @Nullable Scores scores, Dataset holdOut) {
        Map<String, Chart> plots = new LinkedHashMap<>();
        if (fitted.epochs().size() > 1) {
            plots.put("learning-curve", learningCurve(fitted.epochs()));
        }
        if (scores != null && scores.candidate().size() > 1) {
            plots.put("error-by-horizon", errors(scores, holdOut.pipeline()));
        }
        List<Integer> horizons = fitted.model().card().horizons();
        Forecasts forecasts = Forecasts.of(fitted.model(), holdOut);
        for (int horizon : List.of(horizons.getFirst(), horizons.getLast())) {
            plots.put(
                    "forecast-h" + horizon,
                    forecast(forecasts, holdOut.pipeline().horizons().indexOf(horizon)));
        }
        return plots;
    }

    /// Loss and error have different units; both are drawn relative to their value after the first pass. Each
    /// member of an ensemble has a line of its own.
    private static Chart learningCurve(List<Epoch> epochs) {
        List<Double> x = new ArrayList<>();
        List<Double> loss = new ArrayList<>();
        List<Double> error = new ArrayList<>();
        Epoch first = epochs.getFirst();
        int before = first.epoch() - 1;
        for (Epoch epoch : epochs) {
            if (epoch.epoch() != before + 1) {
                x.add(before + 0.5);
                loss.add(Double.NaN);
                error.add(Double.NaN);
            }
            before = epoch.epoch();
            x.add((double) before);
            loss.add(epoch.trainLoss() / first.trainLoss());
            error.add(epoch.validationRmse() / first.validationRmse());
        }
        double[] passes = array(x);
        return new Chart("Learning curve", "pass over the training data", "1 = first pass", Axis.NUMBER)
                .line("training loss", Ink.FIRST, passes, array(loss))
                .line("validation RMSE", Ink.SECOND, passes, array(error));
    }

    private static Chart errors(Scores scores, Pipeline pipeline) {
        Chart chart = new Chart(
                        "RMSE by horizon, hold-out",
                        "steps ahead",
                        pipeline.target().unit(),
                        Axis.NUMBER)
                .showing(0);
        errors(chart, "candidate", Ink.FIRST, scores.candidate());
        errors(chart, "champion", Ink.SECOND, scores.champion());
        errors(chart, "persistence", Ink.PERSISTENCE, scores.persistence());
        return chart;
    }

    private static void errors(Chart chart, String name, Ink ink, List<Accuracy> accuracies) {
        if (!accuracies.isEmpty()) {
            chart.line(
                    name,
                    ink,
                    accuracies.stream().mapToDouble(Accuracy::horizon).toArray(),
                    accuracies.stream().mapToDouble(Accuracy::rmse).toArray());
        }
    }

    /// One forecast and the observed value.
    private record Pair(double actual, double value, double lower, double upper) {

        private static Pair of(Sample sample, Prediction prediction, int h) {
            return new Pair(
                    sample.targets()[h],
                    prediction.value()[h],
                    prediction.lower()[h],
                    prediction.upper()[h]);
        }
    }

    /// Plots the mean over the stations by time; windows without times are plotted by number.
    private static Chart forecast(Forecasts forecasts, int h) {
        Pipeline pipeline = forecasts.pipeline();
        TreeMap<Double, List<Pair>> byTarget = byTarget(forecasts, h);
        while (byTarget.size() > MOST_ORIGINS) {
            byTarget.pollFirstEntry();
        }
        double[] x = byTarget.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        boolean timed = isTimed(forecasts.samples());
        Feature target = pipeline.target();
        return new Chart(
                        "%s %d steps ahead, hold-out"
                                .formatted(target.name(), pipeline.horizons().get(h)),
                        timed ? "time (UTC)" : "window",
                        target.unit(),
                        timed ? Axis.TIME : Axis.NUMBER)
                .band("interval", Ink.FIRST, x, means(byTarget, Pair::lower), means(byTarget, Pair::upper))
                .line("actual", Ink.ACTUAL, x, means(byTarget, Pair::actual))
                .line("forecast", Ink.FIRST, x, means(byTarget, Pair::value));
    }

    /// The newest sample decides: landed observations have times, a training file has none.
    private static boolean isTimed(List<Sample> samples) {
        return samples.isEmpty() || samples.getLast().lookback().origin() != null;
    }

    /// @return the pairs of all stations by the target's time in seconds, or by number
    private static TreeMap<Double, List<Pair>> byTarget(Forecasts forecasts, int h) {
        Pipeline pipeline = forecasts.pipeline();
        int horizon = pipeline.horizons().get(h);
        TreeMap<Double, List<Pair>> byTarget = new TreeMap<>();
        for (int i = 0; i < forecasts.samples().size(); i++) {
            Sample sample = forecasts.samples().get(i);
            Instant origin = sample.lookback().origin();
            double at = origin == null
                    ? byTarget.size()
                    : pipeline.after(origin, horizon).getEpochSecond();
            byTarget.computeIfAbsent(at, _ -> new ArrayList<>())
                    .add(Pair.of(sample, forecasts.values().get(i), h));
        }
        return byTarget;
    }

    private static double[] means(Map<Double, List<Pair>> byTarget, ToDoubleFunction<Pair> value) {
        return byTarget.values().stream()
                .mapToDouble(
                        pairs -> pairs.stream().mapToDouble(value).average().orElse(Double.NaN))
                .toArray();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
