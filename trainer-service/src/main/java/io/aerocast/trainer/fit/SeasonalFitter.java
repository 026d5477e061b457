package io.aerocast.trainer.fit;

import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Fits the seasonal baseline in closed form: a ridge regression for the Fourier mean, then, per horizon, a regression
/// of the deviation from it at the target time on the deviation at the origin.
final class SeasonalFitter implements Fitter {

    private final FitProperties properties;

    SeasonalFitter(FitProperties properties) {
        this.properties = properties;
    }

    @Override
    public String kind() {
        return SeasonalModel.KIND;
    }

    @Override
    public SeasonalModel fit(Dataset observed, Dataset held, FitSettings settings, FitProgress progress) {
        Dataset train = observed.clean();
        Dataset validation = held.clean();
        FourierBasis basis = new FourierBasis(seasons(train));
        double[] coefficients = coefficients(train, basis);
        double[] carry = carry(train, basis, coefficients);
        ModelCard card = settings.card(kind(), train, validation, properties.seed(), hyperparameters(basis));
        SeasonalModel model = new SeasonalModel(
                card, train.pipeline().cadence(), basis, coefficients, carry, new double[carry.length]);
        Residuals residuals = Residuals.of(model, validation);
        double trainRmse = Residuals.of(model, train).rmse(0);
        progress.epoch(1, 1, trainRmse * trainRmse, residuals.rmse(0));
        return model.calibrated(residuals.metrics(), residuals.halfWidths(properties.coverage()));
    }

    /// The pipeline's seasons, without those that the data do not see a full cycle of.
    private static List<Season> seasons(Dataset train) {
        Duration span = Duration.between(train.from(), train.to());
        return train.pipeline().seasons().stream()
                .filter(season -> season.period().compareTo(span) <= 0)
                .toList();
    }

    private double[] coefficients(Dataset train, FourierBasis basis) {
        LeastSquares regression = new LeastSquares(basis.size());
        for (Sample sample : train.samples()) {
            regression.add(basis.at(origin(sample)), sample.lookback().persistence());
        }
        return regression.solve(properties.ridge());
    }

    /// φ of each horizon.
    private static double[] carry(Dataset train, FourierBasis basis, double[] coefficients) {
        Pipeline pipeline = train.pipeline();
        double[] carry = new double[pipeline.horizons().size()];
        for (int h = 0; h < carry.length; h++) {
            int steps = pipeline.horizons().get(h);
            double products = 0;
            double squares = 0;
            int count = 0;
            for (Sample sample : train.samples()) {
                if (!Double.isNaN(sample.targets()[h])) {
                    Instant origin = origin(sample);
                    double before = sample.lookback().persistence() - basis.mean(coefficients, origin);
                    double after = sample.targets()[h] - basis.mean(coefficients, pipeline.after(origin, steps));
                    products += before * after;
                    squares += before * before;
                    count++;
                }
            }
            Residuals.requireTargets(count, steps, train);
            carry[h] = squares > 0 ? products / squares : 0; // a constant target never leaves its mean
        }
        return carry;
    }

    private static Instant origin(Sample sample) {
        Instant origin = sample.lookback().origin();
        if (origin == null) {
            throw new IllegalArgumentException(
                    "Cannot fit a seasonal model on samples without times: a seasonal mean depends on them");
        }
        return origin;
    }

    private Map<String, String> hyperparameters(FourierBasis basis) {
        return Map.of(
                "ridge", String.valueOf(properties.ridge()),
                "coverage", String.valueOf(properties.coverage()),
                "seasons", basis.seasons().toString());
    }
}
