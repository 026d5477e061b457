package io.aerocast.standalone.runbook;

import io.aerocast.ingest.IngestService;
import io.aerocast.ingest.source.SourceStatus;
import io.aerocast.ingest.source.Sources;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that publishes observations to a running broker: the ingest service with one source and without
/// landing, which the running system does.
abstract class SourceCommand implements Runnable {

    private static final Duration TICK = Duration.ofMillis(200);

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:AEROCAST_BROKERS:-127.0.0.1:9092}",
            description = "Address of Kafka (default: $AEROCAST_BROKERS, or 127.0.0.1:9092).")
    private String brokers = "127.0.0.1:9092";

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Time between two observations, for example 20ms (default: ${DEFAULT-VALUE}).",
            defaultValue = "1s")
    private String interval = "1s";

    /// Spring Boot arguments that enable the source.
    abstract List<String> source();

    /// The kind of source, as in its configuration keys.
    abstract String kind();

    @Override
    public void run() {
        DataHome directory = data.open();
        Screen screen = Screen.standardError();
        try (ConfigurableApplicationContext ingest = IngestService.start(arguments(directory))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                screen.close();
                ingest.close();
            }));
            screen.print(
                    Line.of("Publishing to %s, one observation every %s. Ctrl-C stops; the next start continues from "
                                    .formatted(brokers, interval)
                            + "there."));
            follow(ingest.getBean(Sources.class), screen);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            screen.close();
        }
    }

    private String[] arguments(DataHome directory) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--AEROCAST_DATA_DIR=" + directory.root(),
                "--spring.main.register-shutdown-hook=false",
                "--aerocast.ingest.landing.enabled=false",
                "--aerocast.ingest.%s.enabled=true".formatted(kind()),
                "--aerocast.ingest.%s.interval=%s".formatted(kind(), interval)));
        arguments.addAll(source());
        return arguments.toArray(String[]::new);
    }

    private static void follow(Sources sources, Screen screen) throws InterruptedException {
        while (true) {
            SourceStatus status = sources.status().getFirst();
            switch (status.state()) {
                case WAITING -> screen.show(List.of(Line.of("waiting for the broker")));
                case RUNNING -> screen.show(List.of(Line.of("%,d observations sent".formatted(status.position()))));
                case FINISHED -> {
                    screen.print(Line.of("Done: %,d observations sent.".formatted(status.position())));
                    return;
                }
                case FAILED -> throw new CommandFailure("The source failed: %s".formatted(status.problem()));
            }
            Thread.sleep(TICK);
        }
    }
}
