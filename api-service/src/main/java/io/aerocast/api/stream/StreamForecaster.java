package io.aerocast.api.stream;

import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModel;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forecasts each station from its newest observation, with every model that serves and for every horizon of the
/// pipeline.
final class StreamForecaster {

    private static final Logger log = LoggerFactory.getLogger(StreamForecaster.class);

    private final Pipelines pipelines;
    private final ServedModels served;
    private final Forecaster forecaster;
    private final MeterRegistry meters;

    StreamForecaster(Pipelines pipelines, ServedModels served, Forecaster forecaster, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.served = served;
        this.forecaster = forecaster;
        this.meters = meters;
    }

    /// @param arrival the effect of the observation on its station
    /// @return empty unless the arrival is [Current]
    List<Forecast> forecast(Observation observation, Arrival arrival) {
        return switch (arrival) {
            case Current(Lookback lookback, LiveStation station) -> {
                Pipeline pipeline = pipelines.require(observation.pipeline());
                yield served.of(pipeline).stream()
                        .flatMap(model -> forecast(pipeline, observation.station(), station, model, lookback).stream())
                        .toList();
            }
            case Arrival.Passed _ -> List.of();
        };
    }

    private List<Forecast> forecast(
            Pipeline pipeline, String station, LiveStation live, ServedModel model, Lookback lookback) {
        try {
            Instant origin = Objects.requireNonNull(lookback.origin(), "a lookback of a series has an origin");
            Prediction prediction = forecaster.forecast(model, live.model(model.model(), origin), origin, lookback);
            return pipeline.horizons().stream()
                    .map(horizon ->
                            forecast(pipeline, station, model, origin, lookback.persistence(), prediction, horizon))
                    .toList();
        } catch (IllegalArgumentException | IllegalStateException e) {
            Counter.builder("aerocast.forecasts.failed")
                    .description("Observations from which a model failed to forecast")
                    .tags("pipeline", pipeline.name(), "model", model.card().model())
                    .register(meters)
                    .increment();
            log.atError()
                    .addKeyValue("pipeline", pipeline.name())
                    .addKeyValue("station", station)
                    .addKeyValue("version", model.version())
                    .addKeyValue("reason", e.getMessage())
                    .log("forecast failed");
            return List.of();
        }
    }

    private static Forecast forecast(
            Pipeline pipeline,
            String station,
            ServedModel model,
            Instant origin,
            double persistence,
            Prediction prediction,
            int horizon) {
        String kind = model.card().model();
        int index = model.card().indexOf(horizon);
        return new Forecast(
                Forecast.idOf(pipeline.name(), station, kind, model.version(), origin, horizon),
                pipeline.name(),
                station,
                kind,
                model.version(),
                origin,
                pipeline.after(origin, horizon),
                horizon,
                prediction.value()[index],
                prediction.lower()[index],
                prediction.upper()[index],
                persistence);
    }
}
