package io.aerocast.standalone.backtest;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.BacktestResult;
import io.aerocast.training.backtest.BacktestResult.FoldResult;
import io.aerocast.training.report.BacktestReport;
import io.aerocast.training.score.HorizonScore;
import io.aerocast.training.score.IntervalScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Formats the result as lines of text.
final class ScoreTable {

    private static final String FORMAT = "%7s  %-14s %7s %8s %8s %7s %7s %9s %9s %8s %8s %8s";
    private static final int EXAMPLES = 3;

    private ScoreTable() {}

    static List<String> lines(BacktestReport outcome) {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%s: %,d observations of %s",
                outcome.file(),
                outcome.first().observations(),
                outcome.first().pipeline().name()));
        leftOut(outcome.leftOut(), lines);
        for (BacktestResult result : outcome.results()) {
            lines.add("");
            data(result, lines);
            lines.add("");
            scores(result, lines);
            weights(result, lines);
        }
        lines.add("");
        legend(outcome, lines);
        return lines;
    }

    private static void data(BacktestResult result, List<String> lines) {
        Pipeline pipeline = result.pipeline();
        lines.add(text(
                "Forecasts of the %s in %s. MASE is in units of %.3f %s.",
                pipeline.target().name(),
                pipeline.target().unit(),
                result.maseScale(),
                pipeline.target().unit()));
        for (FoldResult fold : result.folds()) {
            lines.add(text(
                    "fold %d: fitted on %,d windows up to %s, tested on %,d origins from %s",
                    fold.fold().number(),
                    fold.train().samples() + fold.validation().samples(),
                    fold.validation().to(),
                    fold.origins(),
                    fold.fold().testFrom()));
        }
    }

    private static void scores(BacktestResult result, List<String> lines) {
        lines.add(line(BacktestReport.HEADINGS.toArray()));
        Pipeline pipeline = result.pipeline();
        Map<String, List<HorizonScore>> scores = result.scores();
        for (int h : BacktestReport.shown(pipeline)) {
            String horizon = String.valueOf(pipeline.horizons().get(h));
            for (Map.Entry<String, List<HorizonScore>> forecaster : scores.entrySet()) {
                lines.add(
                        line(horizon, forecaster.getKey(), forecaster.getValue().get(h)));
                horizon = "";
            }
        }
    }

    private static void weights(BacktestResult result, List<String> lines) {
        Pipeline pipeline = result.pipeline();
        Map<String, double[]> weights = result.weights();
        for (int h : BacktestReport.shown(pipeline)) {
            lines.add(text(
                    "mean weights of the blend, %d ahead: %s",
                    pipeline.horizons().get(h),
                    weights.entrySet().stream()
                            .map(part -> text("%s %.0f %%", part.getKey(), 100 * part.getValue()[h]))
                            .collect(Collectors.joining(", "))));
        }
    }

    private static void legend(BacktestReport outcome, List<String> lines) {
        BacktestResult result = outcome.first();
        lines.add(text(
                "A step is %s. Skill is 1 − MSE / MSE of persistence, and 'vs naive' that against the %s; above 0 is better.",
                BacktestReport.duration(result.pipeline().cadence()), naive(result)));
        lines.add(text(
                "The nominal coverage of the intervals is %.0f %%. It took %.1f s.",
                100 * result.coverage(), outcome.seconds()));
    }

    private static String naive(BacktestResult result) {
        return result.season() == 1
                ? "latest reading, because the pipeline has no season"
                : text("reading %d steps before the target", result.season());
    }

    private static void leftOut(List<String> reasons, List<String> lines) {
        if (!reasons.isEmpty()) {
            lines.add(text(
                    "%,d left out: %s%s",
                    reasons.size(),
                    String.join("; ", reasons.subList(0, Math.min(EXAMPLES, reasons.size()))),
                    reasons.size() > EXAMPLES ? "; …" : ""));
        }
    }

    private static String line(String horizon, String forecaster, HorizonScore score) {
        IntervalScore interval = score.interval();
        return line(
                horizon,
                forecaster,
                text("%,d", score.accuracy().count()),
                number(score.accuracy().rmse()),
                number(score.accuracy().mae()),
                number(score.mase()),
                number(score.skill()),
                number(score.seasonalSkill()),
                interval == null ? "" : percent(interval.coverage()),
                interval == null ? "" : number(interval.width()),
                interval == null ? "" : number(interval.winkler()),
                interval == null ? "" : number(interval.pinball()));
    }

    private static String line(@Nullable Object... cells) {
        return text(FORMAT, cells).stripTrailing();
    }

    private static String text(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : text("%.3f", value);
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "-" : text("%.1f %%", 100 * value);
    }
}
