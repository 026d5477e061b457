package io.aerocast.training.score;

import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The forecasts of one forecaster for a list of samples, beside the observations. All measures of a forecaster
/// (errors, intervals, skill, lag, losses) are computed from it, so that a model forecasts each sample once.
///
/// `h` is an index into the pipeline's horizons. Targets that were not observed are left out of every measure.
///
/// @param pipeline defines the horizons
/// @param samples windows with their observed targets, oldest origin first
/// @param values shape [samples], each [horizons of the pipeline], in the target's unit; value and bounds are
///     `NaN` at horizons that the forecaster does not know
public record Forecasts(Pipeline pipeline, List<Sample> samples, List<Prediction> values) {

    public Forecasts {
        samples = List.copyOf(samples);
        values = List.copyOf(values);
        if (samples.size() != values.size()) {
            throw new IllegalArgumentException("Expected one forecast per sample, found %d forecasts of %d samples"
                    .formatted(values.size(), samples.size()));
        }
    }

    /// Runs a model on every sample.
    ///
    /// @throws IllegalArgumentException if it does not accept such windows, or does not know the first horizon
    public static Forecasts of(Predictor model, Dataset data) {
        List<Integer> horizons = data.pipeline().horizons();
        model.card().indexOf(horizons.getFirst());
        int[] indices =
                horizons.stream().mapToInt(model.card().horizons()::indexOf).toArray();
        List<Prediction> values = data.samples().stream()
                .map(sample -> pick(indices, model.predict(sample.lookback())))
                .toList();
        return new Forecasts(data.pipeline(), data.samples(), values);
    }

    /// The forecasts of persistence: the latest reading, without intervals.
    public static Forecasts persistence(Dataset data) {
        return persistence(data.pipeline(), data.samples());
    }

    /// The forecasts of persistence: the latest reading, without intervals.
    public static Forecasts persistence(Pipeline pipeline, List<Sample> samples) {
        List<Prediction> values = samples.stream()
                .map(sample -> {
                    double[] value = new double[sample.targets().length];
                    Arrays.fill(value, sample.lookback().persistence());
                    return new Prediction(value, value, value);
                })
                .toList();
        return new Forecasts(pipeline, samples, values);
    }

    /// The forecasts whose origin lies after a time; those of samples without times are all kept.
    public Forecasts after(Instant time) {
        int[] kept = all().filter(i -> {
                    Instant origin = samples.get(i).lookback().origin();
                    return origin == null || origin.isAfter(time);
                })
                .toArray();
        return new Forecasts(
                pipeline,
                Arrays.stream(kept).mapToObj(samples::get).toList(),
                Arrays.stream(kept).mapToObj(values::get).toList());
    }

    /// The forecasts at some of the horizons.
    ///
    /// @param indices of the horizons, ascending, at least one
    public Forecasts at(int... indices) {
        Pipeline some = new Pipeline(
                pipeline.name(),
                pipeline.features(),
                pipeline.cadence(),
                pipeline.lookback(),
                Arrays.stream(indices).mapToObj(pipeline.horizons()::get).toList(),
                pipeline.seasons());
        return new Forecasts(
                some,
                samples.stream()
                        .map(sample -> new Sample(sample.lookback(), pick(indices, sample.targets())))
                        .toList(),
                values.stream().map(value -> pick(indices, value)).toList());
    }

    /// These forecasts, followed by others of the same forecaster.
    public Forecasts and(Forecasts others) {
        return new Forecasts(
                pipeline,
                Stream.concat(samples.stream(), others.samples.stream()).toList(),
                Stream.concat(values.stream(), others.values.stream()).toList());
    }

    /// Whether every forecast at a horizon is a finite number.
    public boolean finiteAt(int h) {
        return values.stream().allMatch(forecast -> Double.isFinite(forecast.value()[h]));
    }

    /// Whether every forecast is a finite number.
    public boolean finite() {
        return IntStream.range(0, pipeline.horizons().size()).allMatch(this::finiteAt);
    }

    /// Observation minus forecast.
    ///
    /// @return shape [samples whose target was observed], in the target's unit
    public double[] errors(int h) {
        return observed(h, i -> actual(i, h) - value(i, h));
    }

    /// The accuracy at a horizon.
    public Accuracy accuracy(int h) {
        return Accuracy.of(pipeline.horizons().get(h), errors(h));
    }

    /// The accuracy at each horizon whose forecasts are all finite.
    public List<Accuracy> accuracies() {
        return finiteHorizons().mapToObj(this::accuracy).toList();
    }

    /// The quality of the intervals at a horizon.
    ///
    /// @param nominal coverage that the intervals were made for, between 0 and 1
    public IntervalScore interval(int h, double nominal) {
        return IntervalScore.of(
                nominal,
                samples.stream().mapToDouble(sample -> sample.targets()[h]).toArray(),
                column(forecast -> forecast.value()[h]),
                column(forecast -> forecast.lower()[h]),
                column(forecast -> forecast.upper()[h]));
    }

    /// The quality of the intervals at each horizon whose forecasts are all finite.
    ///
    /// @param nominal coverage that the intervals were made for, between 0 and 1
    public List<IntervalScore> intervals(double nominal) {
        return finiteHorizons().mapToObj(h -> interval(h, nominal)).toList();
    }

    /// Skill against persistence: 1 − MSE / MSE of persistence.
    public double skill(int h) {
        double model = Moments.mean(observed(h, i -> squaredError(i, h)));
        return 1 - model / Moments.mean(observed(h, i -> square(actualChange(i, h))));
    }

    /// Variance of the forecasts over the variance of the observations, at the first horizon.
    public double varianceRatio() {
        return Moments.variance(observed(0, i -> value(i, 0))) / Moments.variance(observed(0, i -> actual(i, 0)));
    }

    /// Pearson's correlation of the forecasts and the observations at the first horizon; 0 where one of the two
    /// does not vary.
    public double levelCorrelation() {
        double correlation = Moments.correlation(observed(0, i -> value(i, 0)), observed(0, i -> actual(i, 0)));
        return Double.isNaN(correlation) ? 0 : correlation;
    }

    /// Standard deviation of the observations.
    public double actualDeviation(int h) {
        return Math.sqrt(Moments.variance(observed(h, i -> actual(i, h))));
    }

    /// Standard deviation of the forecast changes from the latest reading over that of the observed changes.
    public double changeRatio(int h) {
        double[] changes = all().mapToDouble(i -> change(i, h)).toArray();
        return Math.sqrt(Moments.variance(changes) / Moments.variance(observed(h, i -> actualChange(i, h))));
    }

    /// Pearson's correlation of the forecast and the observed changes from the latest reading; `NaN` where one
    /// of the two does not vary.
    public double changeCorrelation(int h) {
        return Moments.correlation(observed(h, i -> change(i, h)), observed(h, i -> actualChange(i, h)));
    }

    /// The correlations of [#changeCorrelation], weighted mean over some horizons as in [PairedLosses]; `NaN`
    /// where one of them is.
    public double changeCorrelation(int[] indices) {
        double sum = 0;
        double weights = 0;
        for (int h : indices) {
            double weight = 1.0 / pipeline.horizons().get(h);
            sum += weight * changeCorrelation(h);
            weights += weight;
        }
        return sum / weights;
    }

    /// The lag at which the forecasts correlate best with the observations: 0 for the target itself, otherwise
    /// the number of steps before the target, at most twice the horizon.
    public int bestLag(int h) {
        int horizon = pipeline.horizons().get(h);
        int best = 0;
        double highest = lagged(h, horizon);
        for (int lag = 1; lag <= 2 * horizon; lag++) {
            double correlation = lagged(h, horizon - lag);
            if (correlation > highest) {
                highest = correlation;
                best = lag;
            }
        }
        return best;
    }

    /// Number of grid times at which a horizon's target was observed.
    public int origins(int h) {
        return byOrigin(h).size();
    }

    /// Number of grid times at which a horizon's target was observed, mean over the horizons; at least 1.
    double meanOrigins() {
        return Math.max(
                1,
                IntStream.range(0, pipeline.horizons().size())
                        .map(this::origins)
                        .average()
                        .orElseThrow());
    }

    /// Losses at each horizon, averaged over the stations of each origin.
    ///
    /// @param scale shape [horizons], in squares of the target's unit
    /// @param loss of a squared error in units of the scale
    /// @return shape [origins][horizons], oldest origin first; `NaN` where no station's target was observed
    double[][] lossesByHorizon(double[] scale, DoubleUnaryOperator loss) {
        return byOrigin(all()).stream()
                .map(stations -> IntStream.range(0, scale.length)
                        .mapToDouble(h -> stations.stream()
                                .filter(i -> !Double.isNaN(actual(i, h)))
                                .mapToDouble(i -> loss.applyAsDouble(squaredError(i, h) / scale[h]))
                                .average()
                                .orElse(Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
    }

    /// Squared errors in units of a scale, averaged over the observed horizons, as a time series.
    ///
    /// @param scale shape [horizons]
    /// @return shape [origins at which the first horizon's target was observed]
    public double[] losses(double[] scale) {
        return byOrigin(0).stream()
                .mapToDouble(stations -> stations.stream()
                        .mapToDouble(i -> IntStream.range(0, scale.length)
                                .filter(h -> !Double.isNaN(actual(i, h)))
                                .mapToDouble(h -> squaredError(i, h) / scale[h])
                                .average()
                                .orElseThrow())
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /// The losses of [#losses], averaged over each day.
    ///
    /// @param scale shape [horizons]
    /// @param day length of a day; days are counted since 1970. Samples without times make one day together
    /// @return shape [days], oldest first
    public double[] dailyLosses(double[] scale, Duration day) {
        double[] losses = losses(scale);
        List<List<Integer>> origins = byOrigin(0);
        return IntStream.range(0, losses.length)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> dayNumber(origins.get(i).getFirst(), day),
                        TreeMap::new,
                        Collectors.averagingDouble(i -> losses[i])))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private long dayNumber(int sample, Duration day) {
        Instant origin = samples.get(sample).lookback().origin();
        return origin == null ? 0 : Math.floorDiv(origin.toEpochMilli(), day.toMillis());
    }

    /// Mean squared error at each horizon, as a scale: that of the horizon before where no target was observed,
    /// and 1 where it is 0.
    public double[] squares() {
        double[] squares = finiteHorizons()
                .mapToDouble(h -> accuracy(h).rmse())
                .map(rmse -> rmse * rmse)
                .toArray();
        for (int h = 0; h < squares.length; h++) {
            squares[h] = Double.isNaN(squares[h]) && h > 0 ? squares[h - 1] : squares[h];
            squares[h] = squares[h] > 0 ? squares[h] : 1;
        }
        return squares;
    }

    private List<List<Integer>> byOrigin(int h) {
        return byOrigin(observed(h));
    }

    private List<List<Integer>> byOrigin(IntStream indices) {
        List<List<Integer>> origins = new ArrayList<>();
        indices.forEach(i -> {
            if (origins.isEmpty() || !sameOrigin(origins.getLast().getFirst(), i)) {
                origins.add(new ArrayList<>());
            }
            origins.getLast().add(i);
        });
        return origins;
    }

    private boolean sameOrigin(int one, int other) {
        Instant origin = samples.get(one).lookback().origin();
        return origin != null && origin.equals(samples.get(other).lookback().origin());
    }

    /// Correlation of the forecasts with the readings some steps after the origin. `NaN` where fewer than half
    /// of the samples hold such a reading: a step between the origin and the target need not be one of the
    /// horizons.
    private double lagged(int h, int after) {
        int[] both = observed(h).filter(i -> !Double.isNaN(reading(i, after))).toArray();
        return both.length < samples.size() / 2
                ? Double.NaN
                : Moments.correlation(
                        IntStream.of(both).mapToDouble(i -> value(i, h)).toArray(),
                        IntStream.of(both).mapToDouble(i -> reading(i, after)).toArray());
    }

    /// The target's reading some steps after a sample's origin, or before it; `NaN` where the sample does not
    /// hold it.
    private double reading(int i, int after) {
        Sample sample = samples.get(i);
        if (after > 0) {
            int h = pipeline.horizons().indexOf(after);
            return h < 0 ? Double.NaN : sample.targets()[h];
        }
        double[][] rows = sample.lookback().rows();
        int row = rows.length - 1 + after;
        return row < 0 ? Double.NaN : rows[row][0];
    }

    private IntStream finiteHorizons() {
        return IntStream.range(0, pipeline.horizons().size()).filter(this::finiteAt);
    }

    private IntStream all() {
        return IntStream.range(0, samples.size());
    }

    /// Indices of the samples whose target was observed.
    private IntStream observed(int h) {
        return all().filter(i -> !Double.isNaN(actual(i, h)));
    }

    private double[] observed(int h, IntToDoubleFunction value) {
        return observed(h).mapToDouble(value).toArray();
    }

    private double value(int i, int h) {
        return values.get(i).value()[h];
    }

    private double actual(int i, int h) {
        return samples.get(i).targets()[h];
    }

    private double change(int i, int h) {
        return value(i, h) - samples.get(i).lookback().persistence();
    }

    private double actualChange(int i, int h) {
        return actual(i, h) - samples.get(i).lookback().persistence();
    }

    private double squaredError(int i, int h) {
        return square(actual(i, h) - value(i, h));
    }

    private static double square(double value) {
        return value * value;
    }

    private double[] column(ToDoubleFunction<Prediction> value) {
        return values.stream().mapToDouble(value).toArray();
    }

    private static Prediction pick(int[] indices, Prediction prediction) {
        return new Prediction(
                pick(indices, prediction.value()),
                pick(indices, prediction.lower()),
                pick(indices, prediction.upper()));
    }

    private static double[] pick(int[] indices, double[] values) {
        return Arrays.stream(indices)
                .mapToDouble(index -> index < 0 ? Double.NaN : values[index])
                .toArray();
    }
}
