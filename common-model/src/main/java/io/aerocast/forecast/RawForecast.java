package io.aerocast.forecast;

import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.pipeline.Pipeline;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A forecast before its intervals adapt to a station.
///
/// @param prediction shape [horizons of the pipeline]
/// @param extrapolating whether the lookback resembles no training data
record RawForecast(Prediction prediction, boolean extrapolating) {

    /// Forecasts every horizon of the pipeline, with the model's own intervals. They are wider for a lookback that
    /// lies outside the model's domain.
    ///
    /// @param horizons indices of the pipeline's horizons in the card
    /// @param forecaster of the card's model
    /// @throws IllegalArgumentException as [ForecastModel#predict]
    /// @throws IllegalStateException if the forecast is not finite
    static RawForecast of(int[] horizons, ModelCard card, StationForecaster forecaster, Lookback lookback) {
        Prediction prediction = forecaster.predict(lookback).at(horizons);
        if (!prediction.finite()) {
            throw new IllegalStateException("Model %s of %s: expected finite forecasts, found %s within %s and %s"
                    .formatted(
                            card.version(),
                            card.pipeline(),
                            Arrays.toString(prediction.value()),
                            Arrays.toString(prediction.lower()),
                            Arrays.toString(prediction.upper())));
        }
        InputDomain domain = card.domain();
        if (domain == null) {
            return new RawForecast(prediction, false);
        }
        double[] widening = new double[horizons.length];
        Arrays.fill(widening, domain.widening(lookback));
        return new RawForecast(prediction.scaled(widening), !domain.contains(lookback));
    }

    /// Forecasts with each model that can.
    ///
    /// @param failed receives the kind of each model that cannot, and why
    /// @return by kind
    static <M> Map<String, RawForecast> each(
            Map<String, M> models, Function<M, RawForecast> forecast, BiConsumer<String, RuntimeException> failed) {
        Map<String, RawForecast> forecasts = new TreeMap<>();
        models.forEach((kind, model) -> {
            try {
                forecasts.put(kind, forecast.apply(model));
            } catch (IllegalArgumentException | IllegalStateException e) {
                failed.accept(kind, e);
            }
        });
        return forecasts;
    }

    /// Combines the forecasts of several models. The combination extrapolates if one of them does.
    ///
    /// @param combine combines predictions by kind
    static RawForecast blended(Map<String, RawForecast> parts, Function<Map<String, Prediction>, Prediction> combine) {
        Map<String, Prediction> predictions = new TreeMap<>();
        parts.forEach((kind, part) -> predictions.put(kind, part.prediction));
        return new RawForecast(
                combine.apply(predictions), parts.values().stream().anyMatch(RawForecast::extrapolating));
    }

    /// Issues the forecast inside the plausible range of the feature.
    ///
    /// @param adapt gives the forecast its final intervals
    Issued issue(Pipeline view, String kind, String version, UnaryOperator<Prediction> adapt) {
        return new Issued(kind, version, adapt.apply(prediction).within(view.target()), extrapolating);
    }
}
