package io.aerocast.api.model;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.StationForecaster;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/// Asks a model for its forecast, and measures how long it takes.
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

    /// The forecast of a model at work on one station.
    ///
    /// @param station of this model
    /// @throws IllegalArgumentException if the model cannot forecast from this lookback
    /// @throws IllegalStateException if the model says something that is no number
    public Prediction predict(ServedModel model, StationForecaster station, Lookback lookback) {
        long start = System.nanoTime();
        Prediction prediction = station.predict(lookback);
        timer(model).record(Duration.ofNanos(System.nanoTime() - start));
        return requireFinite(model, prediction);
    }

    /// The forecast of a model as it was fitted, for any station.
    ///
    /// @throws IllegalArgumentException if the model cannot forecast from this lookback
    /// @throws IllegalStateException if the model says something that is no number
    public Prediction predict(ServedModel model, Lookback lookback) {
        return predict(model, model.model()::predict, lookback);
    }

    /// The forecast of a model at work on one station from a lookback of the past, without measuring the time.
    ///
    /// @param station of this model
    /// @throws IllegalArgumentException if the model cannot forecast from this lookback
    /// @throws IllegalStateException if the model says something that is no number
    public static Prediction recompute(ServedModel model, StationForecaster station, Lookback lookback) {
        return requireFinite(model, station.predict(lookback));
    }

    private static Prediction requireFinite(ServedModel model, Prediction prediction) {
        requireFinite(model, prediction.value());
        requireFinite(model, prediction.lower());
        requireFinite(model, prediction.upper());
        return prediction;
    }

    private Timer timer(ServedModel model) {
        return Timer.builder("aerocast.prediction")
                .description("Time that a model takes for one forecast of all horizons")
                .tags("pipeline", model.card().pipeline(), "model", model.card().model())
                .serviceLevelObjectives(OBJECTIVES)
                .register(meters);
    }

    private static void requireFinite(ServedModel model, double[] values) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalStateException("Model %s of %s: expected finite forecasts, found %s"
                    .formatted(model.version(), model.card().pipeline(), Arrays.toString(values)));
        }
    }
}
