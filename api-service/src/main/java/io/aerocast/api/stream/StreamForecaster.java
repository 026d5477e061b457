package io.aerocast.api.stream;

import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModel;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.model.StationErrors;
import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Ready;
import io.aerocast.event.Forecast;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.pipeline.Pipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forecasts each target of a station from its newest observation, with every model that serves and with their
/// blend, for every horizon of the pipeline.
final class StreamForecaster {

    private static final Logger log = LoggerFactory.getLogger(StreamForecaster.class);

    private final ServedModels served;
    private final Forecaster forecaster;
    private final StationErrors errors;
    private final MeterRegistry meters;

    StreamForecaster(ServedModels served, Forecaster forecaster, StationErrors errors, MeterRegistry meters) {
        this.served = served;
        this.forecaster = forecaster;
        this.errors = errors;
        this.meters = meters;
    }

    /// @param arrival the effect of the observation on its station
    /// @return one forecast per target and kind of model; empty unless the arrival is [Current]
    List<Forecast> forecast(String station, Arrival arrival) {
        return switch (arrival) {
            case Current(List<Ready> targets) ->
                targets.stream()
                        .flatMap(ready -> forecast(station, ready.target(), ready.lookback()).stream())
                        .toList();
            case Arrival.Passed _ -> List.of();
        };
    }

    private List<Forecast> forecast(String station, LiveTarget target, Lookback lookback) {
        Pipeline view = target.view();
        Instant origin = Objects.requireNonNull(lookback.origin(), "a lookback of a series has an origin");
        StationEnsemble ensemble =
                target.serve(served.of(view).stream().map(ServedModel::model).toList(), origin);
        List<Issued> issued = forecaster.forecast(
                view, ensemble, origin, lookback, (kind, failure) -> failed(view, station, kind, failure));
        errors.put(view, station, ensemble.errors());
        return issued.stream()
                .map(each -> event(view, station, origin, lookback.persistence(), each))
                .toList();
    }

    private static Forecast event(Pipeline view, String station, Instant origin, double persistence, Issued issued) {
        return new Forecast(
                view.name(),
                station,
                view.target().name(),
                issued.kind(),
                issued.version(),
                origin,
                view.horizons(),
                boxed(issued.prediction().value()),
                boxed(issued.prediction().lower()),
                boxed(issued.prediction().upper()),
                persistence,
                issued.extrapolating());
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private void failed(Pipeline view, String station, String kind, RuntimeException failure) {
        Counter.builder("aerocast.forecasts.failed")
                .description("Observations from which a model failed to forecast")
                .tags("pipeline", view.name(), "feature", view.target().name(), "model", kind)
                .register(meters)
                .increment();
        log.atError()
                .addKeyValue("pipeline", view.name())
                .addKeyValue("station", station)
                .addKeyValue("feature", view.target().name())
                .addKeyValue("model", kind)
                .addKeyValue("reason", failure.getMessage())
                .log("forecast failed");
    }
}
