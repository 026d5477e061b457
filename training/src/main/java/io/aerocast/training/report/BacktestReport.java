package io.aerocast.training.report;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.BacktestResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// A backtest to report.
///
/// @param file name of the file of observations
/// @param leftOut one entry for each observation that was left out: place and reason
/// @param results one for each target, at least one
/// @param seconds duration of the backtest
public record BacktestReport(String file, List<String> leftOut, List<BacktestResult> results, double seconds) {

    /// The headings of a table of scores.
    public static final List<String> HEADINGS = List.of(
            "horizon",
            "forecaster",
            "count",
            "RMSE",
            "MAE",
            "MASE",
            "skill",
            "vs naive",
            "coverage",
            "width",
            "Winkler",
            "pinball");

    private static final Set<Integer> TYPICAL = Set.of(1, 2, 3, 6, 12, 18, 24, 36, 48, 72);
    private static final int FEW = 8;

    /// The indices of the horizons to show: all of a few, a selection of many.
    public static List<Integer> shown(Pipeline pipeline) {
        List<Integer> horizons = pipeline.horizons();
        return IntStream.range(0, horizons.size())
                .filter(i -> horizons.size() <= FEW
                        || i == 0
                        || i == horizons.size() - 1
                        || TYPICAL.contains(horizons.get(i)))
                .boxed()
                .toList();
    }

    /// The result of the first target.
    public BacktestResult first() {
        return results.getFirst();
    }

    /// Formats a duration: `1 h`, `20 s`.
    public static String duration(Duration duration) {
        if (duration.toMillis() % 3_600_000 == 0) {
            return duration.toHours() + " h";
        }
        if (duration.toMillis() % 60_000 == 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
