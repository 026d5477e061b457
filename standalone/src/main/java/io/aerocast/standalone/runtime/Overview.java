package io.aerocast.standalone.runtime;

import io.aerocast.standalone.terminal.Line;
import java.nio.file.Path;
import java.util.List;

/// The addresses of a running system.
public final class Overview {

    private Overview() {}

    /// The addresses, one per line.
    ///
    /// @param data the data directory as given
    public static List<Line> of(Standalone standalone, Path data) {
        Ports ports = standalone.ports();
        return List.of(
                entry("page", "http://127.0.0.1:%d/".formatted(ports.api()), "open it in a browser"),
                entry("api", "http://127.0.0.1:%d".formatted(ports.api()), "POST /predict, GET /latest"),
                entry(
                        "services",
                        "ingest %d trainer %d drift %d".formatted(ports.ingest(), ports.trainer(), ports.drift()),
                        "GET /healthz, GET /metrics"),
                entry("broker", standalone.brokers(), "Kafka"),
                entry(
                        "data",
                        data.toString(),
                        "log in %s".formatted(data.resolve("logs").resolve("aerocast.log"))));
    }

    private static Line entry(String name, String value, String note) {
        return Line.of("  ").bold(name).tab(12).plain(value).tab(47).dim(note);
    }
}
