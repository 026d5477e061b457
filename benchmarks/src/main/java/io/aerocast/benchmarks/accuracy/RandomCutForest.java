package io.aerocast.benchmarks.accuracy;

import com.amazon.randomcutforest.config.ForestMode;
import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.RCFCaster;
import io.aerocast.benchmarks.BenchmarkData;
import io.aerocast.benchmarks.accuracy.PeerScores.HorizonScores;
import io.aerocast.event.Observation;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.score.Accuracy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Runs `RCFCaster`, the engine of OpenSearch Forecasting, online through a year of one station: every hour it
/// learns the readings and forecasts the next 24 hours. Scores its forecasts in the last quarter, by the rules
/// of AeroCast's backtest. A missing reading repeats the previous one.
///
/// ```
/// java -cp 'benchmarks/target/benchmarks-0.1.0-SNAPSHOT.jar:benchmarks/target/lib/*' \
///     io.aerocast.benchmarks.accuracy.RandomCutForest [--json] [FILE]
/// ```
public final class RandomCutForest {

    private static final List<Integer> HORIZONS = List.of(1, 6, 24);
    private static final int LONGEST = HORIZONS.getLast();
    private static final int TREES = 50;
    private static final long SEED = 42;

    private final Pipeline pipeline;
    private final StationSeries series;
    private final NavigableMap<Instant, double[]> rows = new TreeMap<>();
    private final Instant first;
    private final int hours;
    private final int test;

    private RandomCutForest(Pipeline pipeline, List<Observation> observations) {
        this.pipeline = pipeline;
        this.series = StationSeries.unbounded(pipeline);
        observations.forEach(observation -> rows.put(series.add(observation), pipeline.vector(observation.readings())));
        this.first = rows.firstKey();
        long span = Duration.between(first, rows.lastKey()).dividedBy(pipeline.cadence());
        this.hours = (int) span + 1;
        this.test = (int) Math.round(span * 0.75);
    }

    /// @param arguments `--json` for one line of JSON, and a file instead of JFK 2013
    public static void main(String[] arguments) throws IOException {
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        List<String> files =
                Arrays.stream(arguments).filter(a -> !a.equals("--json")).toList();
        List<Observation> observations =
                files.isEmpty() ? BenchmarkData.jfk2013(noaa) : BenchmarkData.read(Path.of(files.getFirst()), noaa);
        PeerScores scores = new RandomCutForest(noaa, observations).scores();
        System.out.println(files.size() < arguments.length ? scores.json() : scores.text());
    }

    private PeerScores scores() {
        long start = System.nanoTime();
        float[][] forecasts = forecasts();
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<Integer, HorizonScores> horizons = new TreeMap<>();
        for (int horizon : HORIZONS) {
            Accuracy forecast = accuracy(horizon, (origin, _) -> forecasts[origin][horizon - 1]);
            Accuracy persistence = accuracy(horizon, (_, now) -> series.target(now));
            horizons.put(
                    horizon,
                    new HorizonScores(
                            forecast.count(), forecast.rmse(), forecast.rmse() / persistence.rmse(), forecast.mae()));
        }
        return new PeerScores(
                "RCFCaster, online", "randomcutforest 4.3.0", 0, seconds, horizons, TREES + " trees, seed " + SEED);
    }

    /// @return shape [hours][24], degrees Celsius
    private float[][] forecasts() {
        int features = pipeline.features().size();
        RCFCaster caster = RCFCaster.builder()
                .dimensions(features * pipeline.lookback())
                .shingleSize(pipeline.lookback())
                .numberOfTrees(TREES)
                .forecastHorizon(LONGEST)
                .forestMode(ForestMode.STANDARD)
                .transformMethod(TransformMethod.NORMALIZE_DIFFERENCE) // with NORMALIZE it is worse than persistence
                .randomSeed(SEED)
                .build();
        float[][] forecasts = new float[hours][LONGEST];
        double[] known = new double[features];
        for (int hour = 0; hour < hours; hour++) {
            Instant now = pipeline.after(first, hour);
            known = lastKnown(now, known);
            float[] values = caster.process(known, now.getEpochSecond()).getTimedForecast().rangeVector.values;
            for (int step = 0; step < LONGEST; step++) {
                forecasts[hour][step] = values[step * features];
            }
        }
        return forecasts;
    }

    private double[] lastKnown(Instant now, double[] before) {
        double[] row = rows.getOrDefault(now, before).clone();
        for (int f = 0; f < row.length; f++) {
            row[f] = Double.isNaN(row[f]) ? before[f] : row[f];
        }
        return row;
    }

    private Accuracy accuracy(int horizon, Forecaster forecaster) {
        double[] errors = new double[hours - test];
        Arrays.fill(errors, Double.NaN);
        for (int origin = test; origin < hours; origin++) {
            Instant now = pipeline.after(first, origin);
            if (series.lookback(now).isPresent()) {
                double truth = series.target(pipeline.after(now, horizon));
                errors[origin - test] = truth - forecaster.forecast(origin, now);
            }
        }
        return Accuracy.of(horizon, errors);
    }

    private interface Forecaster {
        double forecast(int origin, Instant now);
    }
}
