package io.aerocast.standalone.runtime;

import io.aerocast.api.ApiService;
import io.aerocast.drift.DriftService;
import io.aerocast.ingest.IngestService;
import io.aerocast.trainer.TrainerService;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.springframework.context.ConfigurableApplicationContext;

/// The four services, in the order of the flow.
public enum Service {
    INGEST("ingest", Ports::ingest, IngestService::start),
    TRAINER("trainer", Ports::trainer, TrainerService::start),
    API("api", Ports::api, ApiService::start),
    DRIFT("drift", Ports::drift, DriftService::start);

    private final String label;
    private final ToIntFunction<Ports> port;
    private final Function<String[], ConfigurableApplicationContext> starter;

    Service(String label, ToIntFunction<Ports> port, Function<String[], ConfigurableApplicationContext> starter) {
        this.label = label;
        this.port = port;
        this.starter = starter;
    }

    /// Name in messages.
    public String label() {
        return label;
    }

    int port(Ports ports) {
        return port.applyAsInt(ports);
    }

    ConfigurableApplicationContext start(String... arguments) {
        return starter.apply(arguments);
    }
}
