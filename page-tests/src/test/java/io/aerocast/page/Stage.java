package io.aerocast.page;

import io.aerocast.api.ApiService;
import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.drift.DriftService;
import io.aerocast.ingest.IngestService;
import io.aerocast.standalone.demo.DemoSettings;
import io.aerocast.standalone.runtime.Service;
import io.aerocast.trainer.TrainerService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The four services at the pace of the demo, with calm weather until somebody changes it, and a broker that can be
/// taken away.
final class Stage implements AutoCloseable {

    private final Path directory;
    private final int brokerPort;
    private final List<ConfigurableApplicationContext> services = new ArrayList<>();
    private final int api;
    private EmbeddedBroker broker;

    Stage(Path directory) throws IOException {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory.resolve("kafka"));
        this.brokerPort = broker.port();
        int ingest = start(Service.INGEST, IngestService::start, List.of("--aerocast.ingest.simulator.calm-only=true"));
        int trainer = start(Service.TRAINER, TrainerService::start, List.of());
        start(Service.DRIFT, DriftService::start, List.of());
        this.api = start(
                Service.API,
                ApiService::start,
                List.of(
                        "--aerocast.api.trainer.url=http://127.0.0.1:" + trainer,
                        "--aerocast.api.simulator.url=http://127.0.0.1:" + ingest));
    }

    /// Address of the page.
    String page() {
        return "http://127.0.0.1:%d/".formatted(api);
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() throws IOException {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), brokerPort);
    }

    private int start(
            Service service, Function<String[], ConfigurableApplicationContext> starter, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + brokerPort,
                "--AEROCAST_DATA_DIR=" + directory));
        // Of a repeated argument Spring Boot takes the first.
        arguments.addAll(settings);
        arguments.addAll(DemoSettings.standard().services().getOrDefault(service, List.of()));
        ConfigurableApplicationContext context = starter.apply(arguments.toArray(String[]::new));
        services.add(context);
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public void close() {
        services.reversed().forEach(ConfigurableApplicationContext::close);
        broker.close();
    }
}
