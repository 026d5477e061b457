package io.aerocast.training.report;

import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.BacktestResult;
import io.aerocast.training.backtest.BacktestResult.FoldResult;
import io.aerocast.training.backtest.Step;
import io.aerocast.training.plot.Chart;
import io.aerocast.training.plot.Chart.Axis;
import io.aerocast.training.plot.Chart.Ink;
import io.aerocast.training.score.HorizonScore;
import io.aerocast.training.score.IntervalScore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A backtest as a self-explanatory page: one HTML file without scripts and external resources.
public final class ReportPage {

    private static final int BINS = 41;
    private static final int LATEST_STEPS = 7 * 24;
    private static final int MOST_DOTS = 4_000;
    private static final List<Ink> INKS = List.of(Ink.FIRST, Ink.SECOND, Ink.THIRD, Ink.FOURTH);
    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
            h1{font-size:1.5rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2.2rem}
            p,li{max-width:46rem}.note{opacity:.75;font-size:.92em}figure{margin:1rem 0;overflow-x:auto}figure svg{width:100%;min-width:34rem;height:auto}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9em}
            th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #8884}th:nth-child(2),td:nth-child(2){text-align:left}
            tr.first td{border-top:2px solid #8886}td.best{font-weight:700}
            @media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181b}}
            """;

    private final BacktestReport report;
    private final BacktestResult result;
    private final Pipeline pipeline;
    private final String unit;
    private final Map<String, List<HorizonScore>> scores;

    private ReportPage(BacktestReport report, BacktestResult result) {
        this.report = report;
        this.result = result;
        this.pipeline = result.pipeline();
        this.unit = pipeline.target().unit();
        this.scores = result.scores();
    }

    /// The page, one part for each target.
    public static String html(BacktestReport report) {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>Backtest of %s on %s</title><style>%s</style></head><body>"
                        .formatted(escaped(report.first().pipeline().name()), escaped(report.file()), STYLE));
        report.results().forEach(result -> new ReportPage(report, result).addTo(page));
        return page.append(LEGEND).append("</body></html>\n").toString();
    }

    private void addTo(StringBuilder page) {
        page.append(introduction());
        page.append(section("Error by horizon", ERROR)).append(figure(errors()));
        page.append(table(BacktestReport.shown(pipeline)));
        page.append(section("Weights of the blend", WEIGHTS)).append(figure(weights()));
        page.append(section("Forecast against actual", ACTUAL.formatted(station())));
        for (int h : firstAndLast()) {
            page.append(figure(latest(h)));
        }
        page.append(section(
                "Coverage of the intervals", COVERAGE.formatted(100 * result.coverage(), 100 * result.coverage())));
        page.append(figure(coverage())).append(figure(width()));
        page.append(section("Residuals", RESIDUALS));
        for (int h : firstAndLast()) {
            page.append(figure(histogram(h)));
        }
        page.append(figure(residuals(0)));
        if (BacktestReport.shown(pipeline).size() < pipeline.horizons().size()) {
            page.append("<details><summary>All horizons</summary>")
                    .append(table(IntStream.range(0, pipeline.horizons().size())
                            .boxed()
                            .toList()))
                    .append("</details>");
        }
        page.append(folds());
    }

    private static final String WEIGHTS =
            "The mean share of each part in the forecast of the blend. At every station the shares follow the errors of "
                    + "the parts that have come true there.";
    private static final String ERROR =
            "Root mean square of forecast minus observation. Persistence forecasts the latest reading; the seasonal naive "
                    + "forecast repeats the reading one season before. A model that is not below both at a horizon is not "
                    + "worth serving there.";
    private static final String ACTUAL = "The last days of the test%s: the observations, the forecasts made for the "
            + "same time that many steps before, and their interval. A forecast that looks like the observations shifted "
            + "to the right is no better than persistence.";
    private static final String COVERAGE =
            "The fraction of the observations inside the %.0f %% intervals. Below %.0f %% the intervals are too narrow; above, "
                    + "they are wider than necessary. The second plot shows their mean width.";
    private static final String RESIDUALS =
            "Observation minus forecast. A centre away from zero is a bias; a slow wave over time is an effect that the model "
                    + "lacks.";
    private static final String LEGEND = """
            <h2>What the numbers mean</h2><ul>
            <li><b>RMSE</b>, <b>MAE</b>: root mean squared and mean absolute error, in the unit of the target.</li>
            <li><b>MASE</b>: MAE over that of the seasonal naive forecast on the training part; below 1 is better than it.</li>
            <li><b>Skill</b>: 1 − MSE / MSE of persistence; <b>vs naive</b>: the same against the seasonal naive forecast. 0 is no better than that, 1 is perfect.</li>
            <li><b>Winkler</b>: width of the interval plus 2/α times the distance of the observation from it. Smaller is better.</li>
            <li><b>Pinball</b>: mean loss of the lower bound, the forecast and the upper bound as quantiles. Smaller is better.</li>
            </ul>
            """;

    private String introduction() {
        StringBuilder text = new StringBuilder("<h1>How good would the forecasts of the %s have been?</h1>"
                .formatted(escaped(pipeline.target().name())));
        text.append(data()).append(method()).append("<ul>");
        for (String kind : result.kinds()) {
            text.append(verdict(kind));
        }
        return text.append("</ul>").toString();
    }

    private String data() {
        return format(
                "<p class=\"note\">%s · pipeline %s · %,d observations%s</p>",
                escaped(report.file()),
                escaped(pipeline.name()),
                result.observations(),
                report.leftOut().isEmpty()
                        ? ""
                        : format(", %,d left out", report.leftOut().size()));
    }

    private String method() {
        return format(
                "<p>The %s in %s, forecast %s; a step is %s. The models were fitted on the observations before %s"
                        + " and then forecast through the rest in order of time, at most %,d forecasts per model and horizon%s."
                        + " No forecast uses an observation that was made after it.</p>",
                escaped(pipeline.target().name()),
                escaped(unit),
                range(pipeline.horizons()),
                BacktestReport.duration(pipeline.cadence()),
                day(result.folds().getFirst().fold().testFrom()),
                result.steps().size(),
                result.folds().size() == 1
                        ? ""
                        : format(
                                ", in %d folds, each with models fitted anew",
                                result.folds().size()));
    }

    private String range(List<Integer> horizons) {
        return horizons.size() == 1
                ? ahead(horizons.getFirst())
                : format("%d to %s", horizons.getFirst(), ahead(horizons.getLast()));
    }

    private String verdict(String kind) {
        List<HorizonScore> of = scores(kind);
        long better = of.stream()
                .filter(score -> score.skill() > 0 && score.seasonalSkill() > 0)
                .count();
        String text = format(
                "<li><b>%s</b> beats persistence and the seasonal naive forecast at %d of %d horizons. Its error is %s",
                escaped(kind), better, of.size(), error(of.getFirst()));
        return text + (of.size() == 1 ? "" : " and " + error(of.getLast())) + ".</li>";
    }

    private String error(HorizonScore score) {
        return format(
                "%.2f %s (%.0f %% of that of persistence) %s",
                score.accuracy().rmse(), escaped(unit), 100 * Math.sqrt(1 - score.skill()), ahead(score.horizon()));
    }

    private Chart errors() {
        Chart chart = new Chart("RMSE by horizon", "steps ahead", unit, Axis.NUMBER).showing(0);
        double[] x = horizons();
        chart.line("persistence", Ink.PERSISTENCE, x, rmse(BacktestResult.PERSISTENCE));
        chart.line("seasonal naive", Ink.SEASONAL_NAIVE, x, rmse(BacktestResult.SEASONAL_NAIVE));
        each((kind, ink) -> chart.line(kind, ink, x, rmse(kind)));
        return chart;
    }

    private Chart weights() {
        Chart chart = new Chart("Weights by horizon", "steps ahead", "share", Axis.NUMBER).showing(0, 1);
        Map<String, double[]> weights = result.weights();
        each((kind, ink) -> {
            double[] share = weights.get(kind);
            if (share != null) {
                chart.line(kind, ink, horizons(), share);
            }
        });
        double[] floor =
                Objects.requireNonNull(weights.get(ModelKinds.PERSISTENCE), "persistence is a part of every blend");
        return chart.line(ModelKinds.PERSISTENCE, Ink.PERSISTENCE, horizons(), floor);
    }

    private Chart latest(int h) {
        int horizon = pipeline.horizons().get(h);
        String station = result.steps().getLast().station();
        Instant from = pipeline.after(result.steps().getLast().origin(), -LATEST_STEPS);
        List<Step> steps = result.steps().stream()
                .filter(step -> step.station().equals(station) && step.origin().isAfter(from))
                .toList();
        double[] x = column(steps, step -> seconds(pipeline.after(step.origin(), horizon)));
        Chart chart = new Chart(ahead(horizon), "time, UTC", unit, Axis.TIME);
        String first = result.kinds().getFirst();
        chart.band(
                "%.0f %% interval of %s".formatted(100 * result.coverage(), first),
                INKS.getFirst(),
                x,
                column(steps, step -> prediction(step, first).lower()[h]),
                column(steps, step -> prediction(step, first).upper()[h]));
        each((kind, ink) -> chart.line(
                kind, ink, x, column(steps, step -> prediction(step, kind).value()[h])));
        return chart.line("actual", Ink.ACTUAL, x, column(steps, step -> step.actual()[h]));
    }

    private Chart coverage() {
        Chart chart = new Chart("Coverage by horizon", "steps ahead", "%", Axis.NUMBER).showing(80, 100);
        each((kind, ink) -> chart.line(
                kind,
                ink,
                horizons(),
                column(scores(kind), s -> 100 * interval(s).coverage())));
        return chart.level("nominal", 100 * result.coverage());
    }

    private Chart width() {
        Chart chart = new Chart("Mean width of the intervals", "steps ahead", unit, Axis.NUMBER).showing(0);
        each((kind, ink) -> chart.line(
                kind, ink, horizons(), column(scores(kind), s -> interval(s).width())));
        return chart;
    }

    private Chart histogram(int h) {
        String kind = result.kinds().getFirst();
        double[] residuals = Arrays.stream(column(result.steps(), step -> residual(step, kind, h)))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        // Without the most extreme two in a thousand, so that one outlier does not squeeze the rest into one bar.
        double reach = residuals.length == 0
                ? 1
                : Math.max(
                        1e-9,
                        Math.max(
                                -residuals[residuals.length / 1000],
                                residuals[residuals.length - 1 - residuals.length / 1000]));
        double[] edges = IntStream.rangeClosed(0, BINS)
                .mapToDouble(i -> reach * (2.0 * i / BINS - 1))
                .toArray();
        double[] counts = new double[BINS];
        for (double residual : residuals) {
            int bin = (int) Math.floor((residual + reach) / (2 * reach) * BINS);
            counts[Math.clamp(bin, 0, BINS - 1)]++;
        }
        return new Chart(
                        "Residuals of %s, %s"
                                .formatted(kind, ahead(pipeline.horizons().get(h))),
                        "observation − forecast, " + unit,
                        "forecasts",
                        Axis.NUMBER)
                .bars(kind, INKS.getFirst(), edges, counts);
    }

    private Chart residuals(int h) {
        int horizon = pipeline.horizons().get(h);
        int every = 1 + result.steps().size() / MOST_DOTS;
        List<Step> steps = IntStream.range(0, result.steps().size())
                .filter(i -> i % every == 0)
                .mapToObj(result.steps()::get)
                .toList();
        String kind = result.kinds().getFirst();
        return new Chart("Residuals of %s over time, %s".formatted(kind, ahead(horizon)), "time, UTC", unit, Axis.TIME)
                .dots(
                        every == 1 ? kind : "one in %d of %s".formatted(every, kind),
                        INKS.getFirst(),
                        column(steps, step -> seconds(pipeline.after(step.origin(), horizon))),
                        column(steps, step -> residual(step, kind, h)))
                .level("none", 0);
    }

    private String table(List<Integer> horizons) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (String head : BacktestReport.HEADINGS) {
            table.append("<th>").append(head).append("</th>");
        }
        table.append("</tr></thead><tbody>");
        for (int h : horizons) {
            double best = scores.values().stream()
                    .mapToDouble(of -> of.get(h).accuracy().rmse())
                    .min()
                    .orElse(Double.NaN);
            String row = "<tr class=\"first\">";
            for (Map.Entry<String, List<HorizonScore>> forecaster : scores.entrySet()) {
                table.append(row)
                        .append(cells(forecaster.getKey(), forecaster.getValue().get(h), best));
                row = "<tr>";
            }
        }
        return table.append("</tbody></table></div>").toString();
    }

    private static String cells(String forecaster, HorizonScore score, double best) {
        IntervalScore interval = score.interval();
        double rmse = score.accuracy().rmse();
        return format(
                "<td>%d</td><td>%s</td><td>%,d</td><td%s>%.3f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td>%s</tr>",
                score.horizon(),
                escaped(forecaster),
                score.accuracy().count(),
                rmse == best ? " class=\"best\"" : "",
                rmse,
                score.accuracy().mae(),
                score.mase(),
                score.skill(),
                score.seasonalSkill(),
                interval == null
                        ? "<td></td><td></td><td></td><td></td>"
                        : format(
                                "<td>%.1f %%</td><td>%.2f</td><td>%.2f</td><td>%.3f</td>",
                                100 * interval.coverage(), interval.width(), interval.winkler(), interval.pinball()));
    }

    private String folds() {
        StringBuilder table = new StringBuilder("<h2>Folds</h2><div class=\"scroll\"><table><thead><tr>"
                + "<th>fold</th><th>models</th><th>fitted from</th><th>to</th><th>windows</th><th>validated to</th>"
                + "<th>windows</th><th>tested from</th><th>origins</th></tr></thead><tbody>");
        for (FoldResult fold : result.folds()) {
            table.append(format(
                    "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%,d</td><td>%s</td><td>%,d</td><td>%s</td><td>%,d</td></tr>",
                    fold.fold().number(),
                    escaped(String.join(
                            ", ",
                            fold.fits().entrySet().stream()
                                    .map(fit -> format(
                                            "%s in %.1f s",
                                            fit.getKey(), fit.getValue().seconds()))
                                    .toList())),
                    day(fold.train().from()),
                    day(fold.train().to()),
                    fold.train().samples(),
                    day(fold.validation().to()),
                    fold.validation().samples(),
                    day(fold.fold().testFrom()),
                    fold.origins()));
        }
        return table.append("</tbody></table></div>").toString();
    }

    private static String section(String title, String text) {
        return "<h2>%s</h2><p>%s</p>".formatted(title, escaped(text));
    }

    private static String figure(Chart chart) {
        return "<figure>%s</figure>\n".formatted(chart.svg());
    }

    private String station() {
        long stations = result.steps().stream().map(Step::station).distinct().count();
        return stations == 1 ? "" : " at " + result.steps().getLast().station();
    }

    private List<Integer> firstAndLast() {
        int last = pipeline.horizons().size() - 1;
        return last == 0 ? List.of(0) : List.of(0, last);
    }

    private void each(Drawing drawing) {
        List<String> kinds = result.kinds();
        for (int i = kinds.size() - 1; i >= 0; i--) {
            drawing.draw(kinds.get(i), INKS.get(Math.min(i, INKS.size() - 1)));
        }
    }

    private interface Drawing {
        void draw(String kind, Ink ink);
    }

    private double[] horizons() {
        return pipeline.horizons().stream().mapToDouble(h -> h).toArray();
    }

    private double[] rmse(String forecaster) {
        return column(scores(forecaster), score -> score.accuracy().rmse());
    }

    private List<HorizonScore> scores(String forecaster) {
        return Objects.requireNonNull(scores.get(forecaster));
    }

    private static IntervalScore interval(HorizonScore score) {
        return Objects.requireNonNull(score.interval());
    }

    private static double residual(Step step, String kind, int h) {
        return step.actual()[h] - prediction(step, kind).value()[h];
    }

    private static Prediction prediction(Step step, String kind) {
        return Objects.requireNonNull(step.predictions().get(kind));
    }

    private static <T> double[] column(List<T> of, ToDoubleFunction<T> value) {
        return of.stream().mapToDouble(value).toArray();
    }

    private static String ahead(int horizon) {
        return horizon == 1 ? "1 step ahead" : "%d steps ahead".formatted(horizon);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private static String day(Instant time) {
        return time.toString().replace('T', ' ').replaceFirst("(:00)?(\\.\\d+)?Z$", "");
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return Chart.escaped(text);
    }
}
