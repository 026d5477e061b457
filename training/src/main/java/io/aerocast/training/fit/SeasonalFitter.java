package io.aerocast.training.fit;

import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.training.dataset.Dataset;
import java.util.Map;

/// Fits the seasonal model in closed form, twice: a fit to the training data calibrates the intervals on the
/// validation data; the resulting model has the same terms and is fitted to both.
public final class SeasonalFitter implements Fitter {

    private final SeasonalSettings seasonalSettings;

    public SeasonalFitter(SeasonalSettings seasonalSettings) {
        this.seasonalSettings = seasonalSettings;
    }

    @Override
    public String kind() {
        return SeasonalModel.KIND;
    }

    @Override
    public boolean needsTime() {
        return true;
    }

    @Override
    public SeasonalModel fit(Dataset observed, Dataset held, FitSettings settings, FitProgress progress) {
        Dataset train = observed.clean();
        Dataset validation = held.clean();
        SeasonalStructure structure = SeasonalStructure.of(train);
        SeasonalFit first = new SeasonalFit(train, structure, seasonalSettings);
        SeasonalFit last = new SeasonalFit(train.followedBy(validation), structure, seasonalSettings);
        ModelCard card = settings.card(kind(), train, validation, seasonalSettings.seed(), hyperparameters(structure));
        SeasonalFit.Result trained = first.fit(card);
        Residuals residuals = Residuals.of(trained.model(), validation);
        progress.epoch(1, 1, trained.rmse() * trained.rmse(), residuals.rmse(0));
        return last.fit(card)
                .model()
                .calibrated(residuals.metrics(), residuals.halfWidths(seasonalSettings.coverage()));
    }

    private Map<String, String> hyperparameters(SeasonalStructure structure) {
        return Map.of(
                "ridge", String.valueOf(seasonalSettings.ridge()),
                "halfLife", String.valueOf(seasonalSettings.halfLife()),
                "coverage", String.valueOf(seasonalSettings.coverage()),
                "seasons", structure.basis().seasons().toString(),
                "terms", String.valueOf(structure.terms().size()));
    }
}
