package io.aerocast.api.model;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.PooledEnsemble;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.pipeline.Pipeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Runs models, and records how long that takes.
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

    /// Forecasts one feature of one station of the stream with every model that serves, and with their blend. The
    /// recorded time is that of all of them, under the kind `blend`.
    ///
    /// @param view the view of the feature
    /// @param slot grid time of the lookback's last row
    /// @param failed receives the kind of each model that could not forecast, and why
    public List<Issued> forecast(
            Pipeline view,
            StationEnsemble ensemble,
            Instant slot,
            Lookback lookback,
            BiConsumer<String, RuntimeException> failed) {
        return timed(view, ModelKinds.BLEND, () -> ensemble.forecast(slot, lookback, failed));
    }

    /// Forecasts one feature from a lookback of a request.
    ///
    /// @param view the view of the feature
    /// @param kind the kind of model that is asked for
    /// @param failed receives the kind of each model that could not forecast, and why
    public List<Issued> predict(
            Pipeline view,
            String kind,
            PooledEnsemble ensemble,
            Lookback lookback,
            BiConsumer<String, RuntimeException> failed) {
        return timed(view, kind, () -> ensemble.forecast(lookback, failed));
    }

    private <T> T timed(Pipeline view, String kind, Supplier<T> forecast) {
        long start = System.nanoTime();
        T result = forecast.get();
        timer(view, kind).record(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private Timer timer(Pipeline view, String kind) {
        return Timer.builder("aerocast.prediction")
                .description("Time of one forecast of all horizons; in the stream that of all models and their blend")
                .tags("pipeline", view.name(), "feature", view.target().name(), "model", kind)
                .serviceLevelObjectives(OBJECTIVES)
                .register(meters);
    }
}
