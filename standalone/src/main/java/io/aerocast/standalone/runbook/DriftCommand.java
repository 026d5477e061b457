package io.aerocast.standalone.runbook;

import io.aerocast.standalone.client.Drift;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.terminal.Table;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `aerocast drift`.
@Command(
        name = "drift",
        description = {
            "Show the drift state of each station and feature in a running system, with the evidence of each test as "
                    + "numbers.",
            "docs/drift.md explains the tests."
        })
public final class DriftCommand implements Runnable {

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Only this pipeline.")
    private @Nullable String pipeline;

    @Option(names = "--station", paramLabel = "NAME", description = "Only this station.")
    private @Nullable String station;

    @Option(
            names = "--drift",
            paramLabel = "URL",
            converter = ServiceAddress.class,
            defaultValue = "http://127.0.0.1:${env:AEROCAST_DRIFT_PORT:-8003}",
            description = "Address of the drift service (default: ${DEFAULT-VALUE}).")
    private URI service = URI.create("http://127.0.0.1:8003");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public void run() {
        try (Drift client = new Drift(service)) {
            print(client.evidence(pipeline, station));
        } catch (IOException e) {
            throw new CommandFailure("Cannot show the drift: %s".formatted(e.getMessage()), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(JsonNode reply) {
        if (json) {
            System.out.println(reply);
        } else {
            reply.path("stations").forEach(station -> station(station).forEach(System.out::println));
        }
    }

    /// The states of a station's features, and a table of the evidence.
    private static List<String> station(JsonNode station) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s".formatted(text(station, "pipeline"), text(station, "station")));
        Table evidence = new Table("feature", "test", "model", "ahead", "statistic", "decides at", "detail");
        for (JsonNode feature : station.path("features")) {
            lines.add("  %s: %s".formatted(text(feature, "feature"), state(feature)));
            feature.path("evidence").forEach(test -> evidence.row(cells(text(feature, "feature"), test)));
        }
        evidence.lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static String state(JsonNode feature) {
        String fault = feature.hasNonNull("fault") ? " (%s)".formatted(text(feature, "fault")) : "";
        String since = feature.hasNonNull("since") ? " since %s".formatted(text(feature, "since")) : "";
        String reason = feature.hasNonNull("reason") ? ": %s".formatted(text(feature, "reason")) : "";
        return text(feature, "state") + fault + since + reason;
    }

    private static String[] cells(String feature, JsonNode test) {
        return Stream.concat(
                        Stream.of(feature),
                        Stream.of("test", "model", "horizon", "statistic", "threshold", "detail")
                                .map(name -> JsonOutline.cell(test.path(name))))
                .toArray(String[]::new);
    }

    private static String text(JsonNode from, String field) {
        return from.path(field).asString("-");
    }
}
