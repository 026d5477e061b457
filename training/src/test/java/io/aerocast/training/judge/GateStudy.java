package io.aerocast.training.judge;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.Trial;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prints the power of the promotion gate and its rate of false promotions, see `docs/training.md`.
///
/// ```
/// mvn -q -Dquick -pl training -am test-compile
/// java -cp … io.aerocast.training.judge.GateStudy power REPEATS seasonal,gru FILE.csv[.gz] …
/// java -cp … io.aerocast.training.judge.GateStudy change seasonal,gru FILE.csv[.gz] …
/// ```
///
/// `holding` counts the checks that hold candidates that are better by 15 %, after `power`'s arguments.
///
/// `power` simulates pairs on the real errors of the stations ([GatePower]). `change` retrains each kind of model a
/// week after each of four starts in each file, with and without a step of +12 °C within 24 hours, and compares
/// candidate and champion on the three weeks that follow.
final class GateStudy {

    private static final double[] BETTER = {0, 0.05, 0.1, 0.15, 0.25};
    private static final double[] CORRELATIONS = {0.6, 0.8, 0.9, 0.95};
    private static final double STEP = 12;
    private static final Duration RAMP = Duration.ofDays(1);
    private static final Duration FOLLOWING = Duration.ofDays(21);

    private final Pipeline pipeline = Pipelines.builtIn().require("noaa");
    private final TrainingSettings settings = TrainingSettings.defaults();

    private GateStudy() {}

    public static void main(String[] arguments) throws IOException {
        GateStudy study = new GateStudy();
        List<String> rest = Arrays.asList(arguments);
        switch (arguments[0]) {
            case "power" ->
                study.power(Integer.parseInt(arguments[1]), arguments[2].split(","), rest.subList(3, rest.size()));
            case "holding" ->
                study.holding(Integer.parseInt(arguments[1]), arguments[2].split(","), rest.subList(3, rest.size()));
            case "change" -> study.change(arguments[1].split(","), rest.subList(2, rest.size()));
            default -> throw new IllegalArgumentException("Expected power or change, found " + arguments[0]);
        }
    }

    private void holding(int repeats, String[] kinds, List<String> files) throws IOException {
        GatePower power = new GatePower(pipeline, stations(kinds, files), 2);
        for (int days : new int[] {3, 7, 14}) {
            System.out.printf("%d days: %s%n", days, power.holding(1, days, 0.9, 0.15, Look.ONCE, repeats));
        }
    }

    private List<GatePower.Station> stations(String[] kinds, List<String> files) throws IOException {
        List<GatePower.Station> stations = new ArrayList<>();
        for (String file : files) {
            List<Observation> observations = in2013(read(file));
            for (String kind : kinds) {
                stations.add(station(observations, kind));
            }
        }
        return stations;
    }

    private void power(int repeats, String[] kinds, List<String> files) throws IOException {
        GatePower power = new GatePower(pipeline, stations(kinds, files), 1);
        System.out.println("| look | stations | days | correlation | 0 % | 5 % | 10 % | 15 % | 25 % |");
        for (int count : new int[] {1, 5}) {
            for (int days : new int[] {3, 7, 14, 28}) {
                for (double correlation : CORRELATIONS) {
                    row(power, Look.ONCE, "once", count, days, correlation, repeats);
                }
            }
        }
        for (int days : new int[] {7, 14, 28}) {
            row(power, Look.attempt(1), "attempt 1", 1, days, 0.9, repeats);
            row(power, Look.REPEATEDLY, "repeatedly", 1, days, 0.9, repeats);
        }
    }

    private static void row(
            GatePower power, Look look, String name, int count, int days, double correlation, int repeats) {
        System.out.printf("| %s | %d | %d | %s ", name, count, days, correlation);
        for (double better : BETTER) {
            System.out.printf("| %s ", power.promoted(count, days, correlation, better, look, repeats));
        }
        System.out.println("|");
    }

    /// A model fitted to the first third of a year, and its forecasts of the rest.
    private GatePower.Station station(List<Observation> observations, String kind) {
        List<Sample> samples = samples(observations);
        Instant third = origin(samples.get(samples.size() / 3));
        ForecastModel model = fit(kind, until(samples, third));
        return GatePower.Station.of(
                model,
                samples.stream()
                        .filter(sample -> origin(sample).isAfter(model.card().trainedTo()))
                        .toList());
    }

    private void change(String[] kinds, List<String> files) throws IOException {
        System.out.println(
                "| file | model | start | step | verdict | champion → candidate at 1, 6, 24 h, °C | held because |");
        for (String file : files) {
            List<Observation> observations = read(file);
            int year =
                    observations.getFirst().timestamp().atZone(ZoneOffset.UTC).getYear();
            for (String kind : kinds) {
                for (String start : List.of("04-10", "06-10", "08-10", "10-10")) {
                    Instant changed = Instant.parse("%d-%sT00:00:00Z".formatted(year, start));
                    ForecastModel champion = fit(kind, until(samples(observations), changed));
                    for (double step : new double[] {STEP, 0}) {
                        System.out.printf("| %s ", Path.of(file).getFileName());
                        retrain(champion, observations, changed, step);
                    }
                }
            }
        }
    }

    private void retrain(ForecastModel champion, List<Observation> observations, Instant changed, double step) {
        List<Sample> all = samples(
                observations.stream().map(o -> stepped(o, changed, step)).toList());
        Instant now = enough(all, changed);
        Split.Parts parts = (Split.Parts) Split.of(pipeline, until(all, now), changed, settings.split());
        Fitter fitter = fitter(champion.card().model());
        Trial trial = Trial.of(settings.judge(), fitter, parts, champion, Look.attempt(1), now, (_, _, _, _) -> {});
        boolean promoted = trial.verdict() instanceof Promoted;
        ForecastModel candidate = promoted
                ? trial.fitted().model()
                : Fitted.with(fitter, parts.complete(), champion, now, FitProgress.SILENT)
                        .model();
        System.out.printf(
                "| %s | %s | %+.0f | %s | %s | %s |%n",
                fitter.kind(),
                changed.toString().substring(0, 10),
                step,
                trial.verdict().label(),
                compared(champion, candidate, following(all, now)),
                promoted ? "" : failed(trial.verdict()));
    }

    private Dataset following(List<Sample> samples, Instant now) {
        return Dataset.of(
                pipeline,
                samples.stream()
                        .filter(sample ->
                                !origin(sample).isBefore(now) && origin(sample).isBefore(now.plus(FOLLOWING)))
                        .toList());
    }

    /// @param candidate the model that a promotion serves, whether there was one or not
    private static String compared(ForecastModel champion, ForecastModel candidate, Dataset following) {
        return IntStream.of(1, 6, 24)
                .mapToObj(h -> "%.2f → %.2f".formatted(rmse(champion, following, h), rmse(candidate, following, h)))
                .collect(Collectors.joining(", "));
    }

    private static double rmse(ForecastModel model, Dataset data, int horizon) {
        return Forecasts.of(model, data)
                .accuracy(data.pipeline().horizons().indexOf(horizon))
                .rmse();
    }

    private static String failed(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> !finding.passed())
                .map(Finding::text)
                .collect(Collectors.joining("; "));
    }

    private ForecastModel fit(String kind, List<Sample> samples) {
        Split.Parts parts = (Split.Parts) Split.of(pipeline, samples, null, settings.split());
        return Fitted.with(fitter(kind), parts.complete(), null, Instant.EPOCH, FitProgress.SILENT)
                .model();
    }

    private Fitter fitter(String kind) {
        return settings.fitters().stream()
                .filter(fitter -> fitter.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private List<Sample> samples(List<Observation> observations) {
        SampleCutter cutter = new SampleCutter(pipeline);
        observations.forEach(cutter::add);
        return cutter.samples();
    }

    /// The samples as they are known at a time.
    private List<Sample> until(List<Sample> samples, Instant end) {
        return samples.stream()
                .map(sample -> GatePower.known(pipeline, sample, end))
                .filter(sample -> Arrays.stream(sample.targets()).anyMatch(value -> !Double.isNaN(value)))
                .toList();
    }

    /// The time at which enough samples have landed since a change.
    private Instant enough(List<Sample> samples, Instant changed) {
        Instant last = samples.stream()
                .map(GateStudy::origin)
                .filter(origin -> !origin.isBefore(changed))
                .limit(settings.split().minimumRecent())
                .reduce((_, later) -> later)
                .orElseThrow();
        return pipeline.after(last, 2);
    }

    private static Instant origin(Sample sample) {
        return Objects.requireNonNull(sample.lookback().origin());
    }

    private static Observation stepped(Observation observation, Instant changed, double step) {
        Map<String, Double> readings = new HashMap<>(observation.readings());
        double ramp = Math.clamp(
                (double) Duration.between(changed, observation.timestamp()).toMinutes() / RAMP.toMinutes(), 0, 1);
        readings.computeIfPresent("temperature", (_, value) -> value + step * ramp);
        return new Observation(observation.pipeline(), observation.station(), observation.timestamp(), readings);
    }

    /// Series of other years are moved to 2013, so that stations can be pooled.
    private static List<Observation> in2013(List<Observation> observations) {
        return observations.stream()
                .map(o -> new Observation(
                        o.pipeline(),
                        o.station(),
                        o.timestamp()
                                .atZone(ZoneOffset.UTC)
                                .withYear(2013
                                        + o.timestamp().atZone(ZoneOffset.UTC).getYear()
                                        - observations
                                                .getFirst()
                                                .timestamp()
                                                .atZone(ZoneOffset.UTC)
                                                .getYear())
                                .toInstant(),
                        o.readings()))
                .sorted(Comparator.comparing(Observation::timestamp))
                .toList();
    }

    private static List<Observation> read(String file) throws IOException {
        return ObservationFile.read(Path.of(file), Pipelines.builtIn().require("noaa"))
                .observations();
    }
}
