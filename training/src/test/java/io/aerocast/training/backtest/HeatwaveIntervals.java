package io.aerocast.training.backtest;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.Prediction;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.FitSettings;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.score.IntervalScore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Measures prediction intervals in a heatwave: a model fitted on the first part of a year serves the rest of it,
/// once unchanged and then with 15 days that are 12 °C warmer (24 hours up, 24 hours down), from each of five
/// starts.
///
/// ```
/// mvn -q -Dquick -pl training -am test-compile
/// java -cp … io.aerocast.training.backtest.HeatwaveIntervals 2013-07-01 seasonal,gru+seasonal+ridge FILE.csv[.gz] …
/// ```
///
/// Of several kinds, joined by `+`, the blend is measured.
final class HeatwaveIntervals {

    private static final double DEGREES = 12;
    private static final Duration LENGTH = Duration.ofDays(15);
    private static final Duration RAMP = Duration.ofDays(1);
    private static final double VALIDATION = 0.15;
    private static final double COVERAGE = 0.9;

    private final Pipeline pipeline = Pipelines.builtIn().require("noaa");
    private final List<Observation> observations;
    private final Instant servedFrom;
    private final String kind;
    private final List<ForecastModel> models;

    /// Quality of the intervals of a period.
    ///
    /// @param calibrated the model's own intervals; for a blend, with the mean width of its parts
    /// @param adapted the intervals that would be served
    record Scores(IntervalScore calibrated, IntervalScore adapted) {}

    /// @param observations of one station
    /// @param servedFrom end of the training data
    HeatwaveIntervals(List<Observation> observations, Instant servedFrom, String kind) {
        this.observations = observations;
        this.servedFrom = servedFrom;
        List<String> kinds = List.of(kind.split("\\+"));
        this.kind = kinds.size() == 1 ? kind : ModelKinds.BLEND;
        this.models = kinds.stream().map(this::fit).toList();
    }

    public static void main(String[] arguments) throws IOException {
        Instant servedFrom = Instant.parse(arguments[0] + "T00:00:00Z");
        for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
            for (String kind : arguments[1].split(",")) {
                System.out.printf("%n%s, %s, served from %s%n", Path.of(file).getFileName(), kind, servedFrom);
                new HeatwaveIntervals(read(Path.of(file)), servedFrom, kind).report();
            }
        }
    }

    private void report() {
        List<Step> calm = calm();
        System.out.println("  calm: horizon, coverage calibrated → adapted, width, Winkler");
        for (int h : new int[] {0, 2, 5, 11, 23}) {
            print("    %2d".formatted(pipeline.horizons().get(h)), List.of(score(calm, h, _ -> true)));
        }
        double[] coverage = IntStream.range(0, pipeline.horizons().size())
                .mapToDouble(h -> score(calm, h, _ -> true).adapted().coverage())
                .toArray();
        System.out.printf(
                "    adapted coverage over all horizons: %.3f to %.3f%n",
                Arrays.stream(coverage).min().orElseThrow(),
                Arrays.stream(coverage).max().orElseThrow());
        List<List<Scores>> heatwaves = starts().stream().map(this::heatwave).toList();
        System.out.println("  heatwave, 24 steps ahead, mean of %d starts".formatted(heatwaves.size()));
        List<String> windows = List.of("all", "first 7 d", "event 15 d", "7 d after");
        for (int i = 0; i < windows.size(); i++) {
            int window = i;
            print(
                    "    %-10s".formatted(windows.get(i)),
                    heatwaves.stream().map(s -> s.get(window)).toList());
        }
        System.out.printf(
                "    worst rolling 7 d of any start: %.3f → %.3f%n",
                starts().stream()
                        .mapToDouble(start -> worstWeek(start, false))
                        .min()
                        .orElseThrow(),
                starts().stream()
                        .mapToDouble(start -> worstWeek(start, true))
                        .min()
                        .orElseThrow());
    }

    private static void print(String title, List<Scores> scores) {
        System.out.printf(
                "%s  %.3f → %.3f   %5.2f → %5.2f   %5.2f → %5.2f%n",
                title,
                scores.stream()
                        .mapToDouble(s -> s.calibrated().coverage())
                        .average()
                        .orElseThrow(),
                scores.stream()
                        .mapToDouble(s -> s.adapted().coverage())
                        .average()
                        .orElseThrow(),
                scores.stream()
                        .mapToDouble(s -> s.calibrated().width())
                        .average()
                        .orElseThrow(),
                scores.stream().mapToDouble(s -> s.adapted().width()).average().orElseThrow(),
                scores.stream()
                        .mapToDouble(s -> s.calibrated().winkler())
                        .average()
                        .orElseThrow(),
                scores.stream()
                        .mapToDouble(s -> s.adapted().winkler())
                        .average()
                        .orElseThrow());
    }

    /// Five starts, ten days apart, the first one ten days after the begin.
    private List<Instant> starts() {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(i -> servedFrom.plus(Duration.ofDays(10L * i)))
                .toList();
    }

    /// The forecasts of the unchanged year.
    List<Step> calm() {
        return serve(observations);
    }

    /// Scores a day ahead: of the whole period, of the first week, of the event, and of the week after it.
    List<Scores> heatwave(Instant start) {
        List<Step> steps = warmed(start);
        int day = pipeline.horizons().indexOf(24);
        return List.of(
                score(steps, day, _ -> true),
                score(steps, day, within(start, Duration.ofDays(7))),
                score(steps, day, within(start, LENGTH)),
                score(steps, day, within(start.plus(LENGTH), Duration.ofDays(7))));
    }

    /// @return the lowest coverage of any seven days, a day ahead
    private double worstWeek(Instant start, boolean adapted) {
        List<Step> steps = warmed(start);
        int day = pipeline.horizons().indexOf(24);
        return IntStream.range(2, 40)
                .mapToObj(d -> score(steps, day, within(start.plus(Duration.ofDays(d - 9)), Duration.ofDays(7))))
                .mapToDouble(s -> (adapted ? s.adapted() : s.calibrated()).coverage())
                .min()
                .orElseThrow();
    }

    private List<Step> warmed(Instant start) {
        return serve(observations.stream().map(o -> warmed(o, start)).toList());
    }

    private static Observation warmed(Observation observation, Instant start) {
        Duration since = Duration.between(start, observation.timestamp());
        double up = (double) since.toMinutes() / RAMP.toMinutes();
        double down = (double) LENGTH.minus(since).toMinutes() / RAMP.toMinutes() + 1;
        double warmth = DEGREES * Math.clamp(Math.min(up, down), 0, 1);
        Map<String, Double> readings = new HashMap<>(observation.readings());
        readings.computeIfPresent("temperature", (_, temperature) -> temperature + warmth);
        return new Observation(observation.pipeline(), observation.station(), observation.timestamp(), readings);
    }

    private List<Step> serve(List<Observation> weather) {
        Timeline all = Timeline.of(pipeline, weather);
        Fold fold = new Fold(1, servedFrom, pipeline.after(all.last(), 1));
        Walk walk = new Walk(pipeline);
        all.before(servedFrom).forEach(walk::pass);
        all.within(fold).forEach((now, arrived) -> walk.step(fold, now, arrived, models));
        return walk.steps();
    }

    /// @param target selects the target times
    Scores score(List<Step> steps, int h, Predicate<Instant> target) {
        List<Step> inside = steps.stream()
                .filter(step -> target.test(
                        pipeline.after(step.origin(), pipeline.horizons().get(h))))
                .toList();
        double[] own = ownHalfWidths();
        double[] actual = inside.stream().mapToDouble(s -> s.actual()[h]).toArray();
        double[] value =
                inside.stream().mapToDouble(s -> prediction(s).value()[h]).toArray();
        return new Scores(
                IntervalScore.of(
                        COVERAGE,
                        actual,
                        value,
                        Arrays.stream(value).map(v -> v - own[h]).toArray(),
                        Arrays.stream(value).map(v -> v + own[h]).toArray()),
                IntervalScore.of(
                        COVERAGE,
                        actual,
                        value,
                        inside.stream()
                                .mapToDouble(s -> prediction(s).lower()[h])
                                .toArray(),
                        inside.stream()
                                .mapToDouble(s -> prediction(s).upper()[h])
                                .toArray()));
    }

    private Prediction prediction(Step step) {
        return Objects.requireNonNull(step.predictions().get(kind));
    }

    private double[] ownHalfWidths() {
        double[][] rows = new double[pipeline.lookback()][pipeline.features().size()];
        List<Prediction> any = models.stream()
                .map(model -> model.predict(new Lookback(rows, servedFrom)))
                .toList();
        return IntStream.range(0, pipeline.horizons().size())
                .mapToDouble(h -> any.stream()
                        .mapToDouble(each -> each.upper()[h] - each.value()[h])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static Predicate<Instant> within(Instant from, Duration length) {
        return time -> !time.isBefore(from) && time.isBefore(from.plus(length));
    }

    private ForecastModel fit(String kind) {
        SampleCutter cutter = new SampleCutter(pipeline);
        observations.stream()
                .filter(observation -> observation.timestamp().isBefore(servedFrom.minus(Duration.ofHours(1))))
                .forEach(cutter::add);
        List<Sample> samples = cutter.samples();
        int validation = (int) (samples.size() * (1 - VALIDATION));
        int gap = pipeline.horizons().getLast();
        Dataset train = Dataset.of(pipeline, new ArrayList<>(samples.subList(0, validation - gap)));
        Dataset validated = Dataset.of(pipeline, new ArrayList<>(samples.subList(validation, samples.size())));
        Fitter fitter = TrainingSettings.defaults().fitters().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        FitSettings settings = new FitSettings("heatwave", servedFrom, "test", null);
        return fitter.fit(train, validated, settings, FitProgress.SILENT);
    }

    /// Reads an archive in the format of `docs/data.md`. Rows that the ingest service would reject are left out.
    static List<Observation> read(Path file) throws IOException {
        return ObservationFile.read(file, Pipelines.builtIn().require("noaa")).observations();
    }
}
