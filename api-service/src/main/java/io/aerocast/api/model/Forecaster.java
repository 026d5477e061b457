package io.aerocast.api.model;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;

/// Runs a model, records how long that takes, and rejects a forecast that is not finite.
public final class Forecaster {

    private static final Duration[] OBJECTIVES = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25)
    };

    private final MeterRegistry meters;

    Forecaster(MeterRegistry meters) {
        this.meters = meters;
    }

    /// Forecasts one station of the stream. The recorded time includes the adaptation of the intervals, a few
    /// multiplications per horizon.
    ///
    /// @param station the model at work on this station
    /// @param origin grid time of the lookback's last row
    /// @throws IllegalArgumentException if the model cannot forecast from this lookback
    /// @throws IllegalStateException if the forecast is not finite
    public Prediction forecast(ServedModel model, StationModel station, Instant origin, Lookback lookback) {
        return timed(model, () -> station.forecast(origin, lookback));
    }

    /// Forecasts with the model as it was fitted, for any station.
    ///
    /// @throws IllegalArgumentException if the model cannot forecast from this lookback
    /// @throws IllegalStateException if the forecast is not finite
    public Prediction predict(ServedModel model, Lookback lookback) {
        return timed(model, () -> model.model().predict(lookback));
    }

    private Prediction timed(ServedModel model, Supplier<Prediction> forecast) {
        long start = System.nanoTime();
        Prediction prediction = forecast.get();
        timer(model).record(Duration.ofNanos(System.nanoTime() - start));
        if (!prediction.finite()) {
            throw new IllegalStateException("Model %s of %s: expected finite forecasts, found %s within %s and %s"
                    .formatted(
                            model.version(),
                            model.card().pipeline(),
                            Arrays.toString(prediction.value()),
                            Arrays.toString(prediction.lower()),
                            Arrays.toString(prediction.upper())));
        }
        return prediction;
    }

    private Timer timer(ServedModel model) {
        return Timer.builder("aerocast.prediction")
                .description("Time of one forecast of all horizons, in the stream with adapted intervals")
                .tags("pipeline", model.card().pipeline(), "model", model.card().model())
                .serviceLevelObjectives(OBJECTIVES)
                .register(meters);
    }
}
