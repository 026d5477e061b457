package io.aerocast.system.http;

import static org.awaitility.Awaitility.await;

import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.Logs;
import io.aerocast.standalone.runtime.Ports;
import io.aerocast.standalone.runtime.Service;
import io.aerocast.standalone.runtime.Standalone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/// The four services and a broker; all test classes with this extension share them.
final class RunningServices implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Handle.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningServices.class))
                .computeIfAbsent(Handle.class, _ -> Handle.start(), Handle.class);
    }

    /// @param data its directory, with the log, is kept after the tests
    record Handle(DataHome data, Standalone standalone) implements AutoCloseable {

        private static final Map<Service, List<String>> SETTINGS = Map.of(
                Service.INGEST,
                List.of("--aerocast.ingest.simulator.enabled=true", "--aerocast.ingest.simulator.interval=200ms"));

        static Handle start() {
            try {
                Path directory = Path.of("target", "http");
                FileSystemUtils.deleteRecursively(directory);
                DataHome data = DataHome.open(directory.toAbsolutePath());
                Logs.toFile(data.log());
                Handle started = new Handle(data, new Standalone(data, Ports.free()));
                started.standalone.startBroker();
                started.standalone.startServices(SETTINGS);
                await().atMost(Duration.ofMinutes(1)).until(started::observes);
                return started;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Whether the api has a station, so that its endpoints have something to tell.
        private boolean observes() throws IOException {
            return get(Service.API, "/latest").body().contains("\"SIM-1\"")
                    && get(Service.DRIFT, "/drift").status() == 200;
        }

        int port(Service service) {
            Ports ports = standalone.ports();
            return switch (service) {
                case INGEST -> ports.ingest();
                case TRAINER -> ports.trainer();
                case API -> ports.api();
                case DRIFT -> ports.drift();
            };
        }

        RawReply get(Service service, String path) throws IOException {
            return RawReply.to(port(service), "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
        }

        /// The lines of the log that have a text.
        List<String> logged(String text) throws IOException {
            try (var lines = Files.lines(data.log())) {
                return lines.filter(line -> line.contains(text)).toList();
            }
        }

        @Override
        public void close() {
            standalone.close();
        }
    }
}
