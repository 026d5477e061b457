package io.aerocast.forecast;

import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Forecasts one feature from a lookback of no known station: every model as it was fitted, and their blend
/// with the mean of the errors at the stations of the pipeline. Immutable; may be used by several threads.
public final class PooledEnsemble {

    private final Pipeline view;
    private final Map<String, ForecastModel> models = new TreeMap<>();
    private final ErrorMatrix errors;
    private final String version;

    /// @param view the view of the feature, see [Pipeline#view]
    /// @param serving at most one model of each trained kind, all of this feature; at least one
    /// @param stations errors at stations, see [StationEnsemble#errors]; those with other kinds at work are
    ///     ignored. Without any, the blend relies on the errors of the validation in the cards.
    public PooledEnsemble(
            Pipeline view, Collection<? extends ForecastModel> serving, Collection<ErrorMatrix> stations) {
        this.view = view;
        Blend unseen = new Blend(view);
        for (ForecastModel model : serving) {
            models.put(model.card().model(), model);
            unseen.start(model.card());
        }
        List<ErrorMatrix> known = stations.stream()
                .filter(station -> station.kinds().equals(unseen.matrix().kinds()))
                .toList();
        this.errors = known.isEmpty() ? unseen.matrix() : ErrorMatrix.mean(known);
        this.version = Blend.version(models.values().stream()
                .map(ForecastModel::card)
                .collect(Collectors.toMap(ModelCard::model, ModelCard::version)));
    }

    /// Forecasts with every model, and with the blend of those that could, as [StationEnsemble#forecast].
    ///
    /// @param failed receives the kind of each model that could not forecast from this lookback, and why
    /// @return by kind of model; the blend first; empty if no model could forecast
    public List<Issued> forecast(Lookback lookback, BiConsumer<String, RuntimeException> failed) {
        Map<String, RawForecast> raw = RawForecast.each(
                models,
                model -> RawForecast.of(model.card().indices(view), model.card(), model::predict, lookback),
                failed);
        List<Issued> issued = new ArrayList<>();
        if (!raw.isEmpty()) {
            issued.add(RawForecast.blended(raw, parts -> errors.combine(lookback.persistence(), parts))
                    .issue(view, ModelKinds.BLEND, version, UnaryOperator.identity()));
        }
        models.forEach((kind, model) -> {
            if (raw.containsKey(kind)) {
                issued.add(raw.get(kind).issue(view, kind, model.card().version(), UnaryOperator.identity()));
            }
        });
        return issued;
    }

    /// The weights of the blend of some of the models: of those that could forecast from a lookback.
    ///
    /// @param kinds among the kinds at work, at least one
    /// @return shape [horizons of the pipeline] by part; at each horizon the weights are at least 0 and sum to 1
    public Map<String, double[]> weights(Collection<String> kinds) {
        return errors.weights(kinds);
    }

    /// The weight of each part of the blend at each horizon.
    ///
    /// @return shape [horizons of the pipeline] by part; at each horizon the weights are at least 0 and sum to 1
    public Map<String, double[]> weights() {
        return errors.weights();
    }
}
