package io.aerocast.training.judge;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How often the gate promotes a candidate that is better by a known amount: pairs of forecasters are made from the
/// real errors of a fitted model, and judged by the whole gate.
///
/// The champion's error e is the real one. The candidate's is (1 − better)·(r·e + √(1 − r²)·η), where η
/// is as large as the champion's error in the same window and horizon, autocorrelated, and alike at neighbouring
/// horizons. So r is the correlation of the two errors, and the candidate's error is smaller by the fraction
/// `better` at every horizon, on average.
final class GatePower {

    /// Steps that calibrate the candidate's intervals, as after a change with a week of hourly data.
    private static final int VALIDATION = 49;

    private static final double[] MEMORY = {0.5, 0.8, 0.9};

    private final Pipeline pipeline;
    private final List<Station> stations;
    private final Judge judge = TrainingSettings.defaults().judge();
    private final Random random;

    /// A station's forecasts by a model that was fitted to earlier data, by origin.
    ///
    /// @param samples all on one time axis
    record Station(ForecastModel model, TreeMap<Instant, Sample> samples, Map<Sample, Prediction> forecasts) {

        static Station of(ForecastModel model, List<Sample> samples) {
            TreeMap<Instant, Sample> byOrigin = new TreeMap<>();
            Map<Sample, Prediction> forecasts = new IdentityHashMap<>();
            for (Sample sample : samples) {
                byOrigin.put(Objects.requireNonNull(sample.lookback().origin()), sample);
                forecasts.put(sample, model.predict(sample.lookback()));
            }
            return new Station(model, byOrigin, forecasts);
        }

        private boolean complete(Instant from, Duration length) {
            return samples.subMap(from, from.plus(length)).size() >= 0.7 * length.toHours();
        }
    }

    /// @param horizons of the pipeline, hourly
    GatePower(Pipeline pipeline, List<Station> stations, long seed) {
        this.pipeline = pipeline;
        this.stations = stations;
        this.random = new Random(seed);
    }

    /// One judgement of a new pair.
    ///
    /// @param count number of stations
    /// @param days of the hold-out
    /// @param correlation of the errors
    /// @param better reduction of the error, as a fraction
    Verdict verdict(int count, int days, double correlation, double better, Look look) {
        Duration length = Duration.ofDays(days);
        List<Station> chosen = new ArrayList<>(stations);
        java.util.Collections.shuffle(chosen, random);
        chosen = chosen.subList(0, count);
        Instant start = start(chosen, length);
        Table champion = new Table(chosen.getFirst().model(), "champion");
        Table candidate = new Table(chosen.getFirst().model(), "candidate");
        List<Sample> before = new ArrayList<>();
        List<Sample> after = new ArrayList<>();
        for (Station station : chosen) {
            Window window = new Window(station, start, length);
            before.addAll(window.before());
            after.addAll(window.after());
            window.forecast(champion, candidate, correlation, better);
        }
        return judge.judge(
                candidate, champion, new Evidence(dataset(after), dataset(before), null, new Quality(List.of()), look));
    }

    /// The checks that hold candidates, by the number of candidates that they hold.
    Map<String, Long> holding(int count, int days, double correlation, double better, Look look, int repeats) {
        return IntStream.range(0, repeats)
                .mapToObj(_ -> verdict(count, days, correlation, better, look))
                .flatMap(verdict -> verdict.findings().stream())
                .filter(finding -> !finding.passed())
                .collect(Collectors.groupingBy(Finding::check, TreeMap::new, Collectors.counting()));
    }

    /// Share of promotions, and its Monte-Carlo error.
    String promoted(int count, int days, double correlation, double better, Look look, int repeats) {
        long promoted = IntStream.range(0, repeats)
                .filter(_ -> verdict(count, days, correlation, better, look) instanceof Promoted)
                .count();
        double share = (double) promoted / repeats;
        return "%5.1f ± %.1f".formatted(100 * share, 100 * Math.sqrt(share * (1 - share) / repeats));
    }

    private Instant start(List<Station> chosen, Duration length) {
        Instant first = chosen.stream()
                .map(station -> station.samples().firstKey())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(Duration.ofHours(VALIDATION));
        Instant last = chosen.stream()
                .map(station -> station.samples().lastKey())
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .minus(length);
        while (true) {
            Instant start = first.plus(Duration.ofHours(
                    random.nextLong(Duration.between(first, last).toHours())));
            Instant from = start.minus(Duration.ofHours(VALIDATION));
            if (chosen.stream()
                    .allMatch(station ->
                            station.complete(start, length) && station.complete(from, Duration.ofHours(VALIDATION)))) {
                return start;
            }
        }
    }

    private Dataset dataset(List<Sample> samples) {
        samples.sort(Comparator.comparing(
                sample -> Objects.requireNonNull(sample.lookback().origin())));
        return Dataset.of(pipeline, samples);
    }

    /// The samples of one station, with the targets that are known at the end of each part.
    private final class Window {

        private final Station station;
        private final List<Sample> whole;
        private final Instant start;
        private final Instant end;

        private Window(Station station, Instant start, Duration length) {
            this.station = station;
            this.start = start;
            this.end = start.plus(length);
            this.whole = new ArrayList<>(station.samples()
                    .subMap(start.minus(Duration.ofHours(VALIDATION)), end)
                    .values());
        }

        private List<Sample> before() {
            return whole.stream()
                    .filter(sample -> origin(sample).isBefore(start))
                    .map(sample -> known(pipeline, sample, start))
                    .filter(sample -> !Double.isNaN(sample.targets()[0]))
                    .toList();
        }

        private List<Sample> after() {
            return whole.stream()
                    .filter(sample -> !origin(sample).isBefore(start))
                    .map(sample -> known(pipeline, sample, end))
                    .filter(sample -> !Double.isNaN(sample.targets()[0]))
                    .toList();
        }

        private void forecast(Table champion, Table candidate, double correlation, double better) {
            double[][] errors = whole.stream().map(this::error).toArray(double[][]::new);
            double[][] noise = noise(errors);
            double[][] others = new double[errors.length][];
            for (int t = 0; t < errors.length; t++) {
                double[] error = errors[t];
                double[] own = noise[t];
                others[t] = IntStream.range(0, error.length)
                        .mapToDouble(h -> (1 - better)
                                * (correlation * error[h] + Math.sqrt(1 - correlation * correlation) * own[h]))
                        .toArray();
            }
            double[] widths = halfWidths(others);
            for (int t = 0; t < errors.length; t++) {
                Sample sample = whole.get(t);
                champion.put(sample, Objects.requireNonNull(station.forecasts().get(sample)));
                candidate.put(sample, prediction(sample, others[t], widths));
            }
        }

        private double[] error(Sample sample) {
            double[] value =
                    Objects.requireNonNull(station.forecasts().get(sample)).value();
            return IntStream.range(0, value.length)
                    .mapToDouble(h -> sample.targets()[h] - value[h])
                    .toArray();
        }

        private Prediction prediction(Sample sample, double[] error, double[] widths) {
            double[] champion =
                    Objects.requireNonNull(station.forecasts().get(sample)).value();
            double[] value = IntStream.range(0, error.length)
                    .mapToDouble(h -> Double.isNaN(error[h]) ? champion[h] : sample.targets()[h] - error[h])
                    .toArray();
            return new Prediction(
                    value,
                    IntStream.range(0, value.length)
                            .mapToDouble(h -> value[h] - widths[h])
                            .toArray(),
                    IntStream.range(0, value.length)
                            .mapToDouble(h -> value[h] + widths[h])
                            .toArray());
        }

        /// Split conformal prediction on the data before the hold-out.
        private double[] halfWidths(double[][] errors) {
            int calibrating = (int) whole.stream()
                    .filter(sample -> origin(sample).isBefore(start))
                    .count();
            return IntStream.range(0, errors[0].length)
                    .mapToDouble(h -> {
                        double[] sorted = IntStream.range(0, calibrating)
                                .filter(t -> pipeline.after(
                                                origin(whole.get(t)),
                                                pipeline.horizons().get(h))
                                        .isBefore(start))
                                .mapToDouble(t -> Math.abs(errors[t][h]))
                                .filter(error -> !Double.isNaN(error))
                                .sorted()
                                .toArray();
                        int rank = (int) Math.ceil(0.9 * (sorted.length + 1));
                        return sorted.length == 0 ? 1 : sorted[Math.min(rank, sorted.length) - 1];
                    })
                    .toArray();
        }
    }

    /// Autocorrelated noise as large as some errors, alike at neighbouring horizons.
    ///
    /// @param errors shape [times][horizons]
    private double[][] noise(double[][] errors) {
        double memory = MEMORY[random.nextInt(MEMORY.length)];
        double[] middles = {0, 1.4, 2.8}; // of three waves, as logarithms of the horizon
        double[][] waves = Arrays.stream(middles)
                .mapToObj(_ -> autoregression(errors.length, memory))
                .toArray(double[][]::new);
        double[] scale = IntStream.range(0, errors[0].length)
                .mapToDouble(h -> Math.sqrt(Arrays.stream(errors)
                        .mapToDouble(at -> at[h] * at[h])
                        .filter(square -> !Double.isNaN(square))
                        .average()
                        .orElse(1)))
                .toArray();
        double[][] noise = new double[errors.length][scale.length];
        for (int h = 0; h < scale.length; h++) {
            double logarithm = Math.log(pipeline.horizons().get(h));
            double[] weights = Arrays.stream(middles)
                    .map(middle -> Math.exp(-Math.pow((logarithm - middle) / 0.8, 2)))
                    .toArray();
            double norm = Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
            for (int t = 0; t < noise.length; t++) {
                for (int wave = 0; wave < waves.length; wave++) {
                    noise[t][h] += scale[h] * weights[wave] / norm * waves[wave][t];
                }
            }
        }
        return noise;
    }

    /// Unit variance.
    private double[] autoregression(int length, double memory) {
        double[] series = new double[length];
        series[0] = random.nextGaussian();
        for (int t = 1; t < length; t++) {
            series[t] = memory * series[t - 1] + Math.sqrt(1 - memory * memory) * random.nextGaussian();
        }
        return series;
    }

    private static Instant origin(Sample sample) {
        return Objects.requireNonNull(sample.lookback().origin());
    }

    /// A sample with the targets that are known at a time.
    static Sample known(Pipeline pipeline, Sample sample, Instant end) {
        double[] targets = sample.targets().clone();
        for (int h = 0; h < targets.length; h++) {
            if (!pipeline.after(origin(sample), pipeline.horizons().get(h)).isBefore(end)) {
                targets[h] = Double.NaN;
            }
        }
        return new Sample(sample.lookback(), targets);
    }

    /// Forecasts by lookback; any other lookback is forecast by the real model.
    private static final class Table implements Predictor {

        private final Predictor model;
        private final ModelCard card;
        private final Map<Lookback, Prediction> forecasts = new IdentityHashMap<>();

        private Table(ForecastModel model, String version) {
            ModelCard like = model.card();
            this.model = model;
            this.card = new ModelCard(
                    like.pipeline(),
                    like.model(),
                    version,
                    like.features(),
                    like.lookback(),
                    like.horizons(),
                    like.trainedAt(),
                    like.trainedFrom(),
                    Instant.EPOCH,
                    like.windows(),
                    like.dataSha256(),
                    like.seed(),
                    like.hyperparameters(),
                    like.metrics(),
                    like.aerocast(),
                    like.java(),
                    like.os(),
                    like.commit());
        }

        private void put(Sample sample, Prediction prediction) {
            forecasts.put(sample.lookback(), prediction);
        }

        @Override
        public ModelCard card() {
            return card;
        }

        @Override
        public Prediction predict(Lookback lookback) {
            Prediction known = forecasts.get(lookback);
            return known == null ? model.predict(lookback) : known;
        }
    }
}
