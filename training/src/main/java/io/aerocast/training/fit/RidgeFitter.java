package io.aerocast.training.fit;

import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.RidgeModel;
import io.aerocast.training.dataset.Dataset;
import java.util.Arrays;
import java.util.Map;

/// Fits the ridge regression in closed form, twice: a fit to the training data calibrates the intervals on the
/// validation data; the resulting model has the same terms and penalties and is fitted to both.
public final class RidgeFitter implements Fitter {

    private final RidgeSettings ridgeSettings;

    public RidgeFitter(RidgeSettings ridgeSettings) {
        this.ridgeSettings = ridgeSettings;
    }

    @Override
    public String kind() {
        return RidgeModel.KIND;
    }

    @Override
    public boolean needsTime() {
        return true;
    }

    @Override
    public RidgeModel fit(Dataset observed, Dataset held, FitSettings settings, FitProgress progress) {
        Dataset train = observed.clean();
        Dataset validation = held.clean();
        FourierBasis basis = RidgeFit.basis(train);
        RidgeFit first = new RidgeFit(train, basis);
        double[] penalties = first.penalties();
        ModelCard card = settings.card(
                kind(), train, validation, ridgeSettings.seed(), hyperparameters(basis, penalties, train));
        RidgeModel calibrating = first.fit(card, penalties);
        Residuals residuals = Residuals.of(calibrating, validation);
        progress.epoch(1, 1, square(Residuals.of(calibrating, train).rmse(0)), residuals.rmse(0));
        Dataset both = train.followedBy(validation);
        double share = (double) both.size() / train.size();
        double[] grown =
                Arrays.stream(penalties).map(penalty -> penalty * share).toArray();
        return new RidgeFit(both, basis)
                .fit(card, grown)
                .calibrated(residuals.metrics(), residuals.halfWidths(ridgeSettings.coverage()));
    }

    private static double square(double value) {
        return value * value;
    }

    private Map<String, String> hyperparameters(FourierBasis basis, double[] penalties, Dataset train) {
        double[] perRow =
                Arrays.stream(penalties).map(penalty -> penalty / train.size()).toArray();
        return Map.of(
                "coverage", String.valueOf(ridgeSettings.coverage()),
                "seasons", basis.seasons().toString(),
                "penalties", Arrays.toString(perRow));
    }
}
