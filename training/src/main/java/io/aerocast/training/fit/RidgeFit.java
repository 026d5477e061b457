package io.aerocast.training.fit;

import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.RidgeModel;
import io.aerocast.forecast.Scaler;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// One fit of the ridge regression, in closed form. Outliers are clipped, see [RobustRidge].
final class RidgeFit {

    /// Fraction of a season that the data must span, as for the cycles of a GRU.
    private static final double SEEN = 0.6;

    /// Harmonics of the shortest season, the day, and of the others, the year.
    private static final int DAY_HARMONICS = 2;

    private static final int YEAR_HARMONICS = 1;

    private final Dataset data;
    private final FourierBasis basis;
    private final Scaler scaler;
    private final double[][] rows;
    private final double[][] changes;

    /// @param data clean
    /// @throws IllegalArgumentException if a sample has no time, or no sample has a target at one of the horizons
    RidgeFit(Dataset data, FourierBasis basis) {
        Pipeline pipeline = data.pipeline();
        this.data = data;
        this.basis = basis;
        this.scaler = TrainingSet.scaler(data.samples(), pipeline.features());
        this.rows = data.samples().stream()
                .map(sample -> RidgeModel.terms(basis, scaler, sample.lookback(), pipeline.lookback(), origin(sample)))
                .toArray(double[][]::new);
        this.changes = data.samples().stream().map(RidgeFit::changes).toArray(double[][]::new);
    }

    /// The waves of the seasons of which the data hold most of a cycle.
    static FourierBasis basis(Dataset data) {
        Duration span = Duration.between(data.from(), data.to());
        List<Season> seasons = data.pipeline().seasons().stream()
                .filter(season -> span.toMillis() >= SEEN * season.period().toMillis())
                .sorted(Comparator.comparing(Season::period))
                .toList();
        return new FourierBasis(IntStream.range(0, seasons.size())
                .mapToObj(i -> limited(seasons.get(i), i == 0 ? DAY_HARMONICS : YEAR_HARMONICS))
                .toList());
    }

    private static Season limited(Season season, int harmonics) {
        return new Season(season.period(), Math.min(season.harmonics(), harmonics));
    }

    /// The penalty of each horizon, from the samples with all targets.
    ///
    /// @throws IllegalArgumentException if no sample has all targets
    double[] penalties() {
        int[] complete = IntStream.range(0, changes.length)
                .filter(i -> Arrays.stream(changes[i]).noneMatch(Double::isNaN))
                .toArray();
        Residuals.requireTargets(complete.length, data.pipeline().horizons().getLast(), data);
        return RidgePenalty.choose(pick(rows, complete), pick(changes, complete));
    }

    /// A model without intervals.
    ///
    /// @param penalties shape [horizons], per row
    RidgeModel fit(ModelCard card, double[] penalties) {
        double[][] weights = new double[rows[0].length][penalties.length];
        for (double penalty : Arrays.stream(penalties).distinct().toArray()) {
            int[] horizons = IntStream.range(0, penalties.length)
                    .filter(h -> penalties[h] == penalty)
                    .toArray();
            fit(penalty, horizons, weights);
        }
        return new RidgeModel(card, data.pipeline().cadence(), scaler, basis, weights, new double[penalties.length]);
    }

    private void fit(double penalty, int[] horizons, double[][] weights) {
        double[] equal = new double[rows.length];
        Arrays.fill(equal, 1);
        double[][] targets = Arrays.stream(changes)
                .map(row -> Arrays.stream(horizons).mapToDouble(h -> row[h]).toArray())
                .toArray(double[][]::new);
        double[] ridge = RidgePenalty.diagonal(penalty, weights.length);
        double[][] coefficients = RobustRidge.fit(rows, equal, targets, ridge).coefficients();
        for (int term = 0; term < weights.length; term++) {
            for (int i = 0; i < horizons.length; i++) {
                weights[term][horizons[i]] = coefficients[term][i];
            }
        }
    }

    private static double[][] pick(double[][] values, int[] indices) {
        return Arrays.stream(indices).mapToObj(i -> values[i]).toArray(double[][]::new);
    }

    private static double[] changes(Sample sample) {
        double latest = sample.lookback().persistence();
        return Arrays.stream(sample.targets()).map(target -> target - latest).toArray();
    }

    private static Instant origin(Sample sample) {
        Instant origin = sample.lookback().origin();
        if (origin == null) {
            throw new IllegalArgumentException(
                    "Cannot fit a ridge model on samples without times: the hour and the day of the year are terms");
        }
        return origin;
    }
}
