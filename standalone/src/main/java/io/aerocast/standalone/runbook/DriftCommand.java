package io.aerocast.standalone.runbook;

import io.aerocast.standalone.client.Drift;
import io.aerocast.standalone.runtime.CommandFailure;
import java.io.IOException;
import java.net.URI;
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
            JsonOutline.lines(reply).forEach(System.out::println);
        }
    }
}
