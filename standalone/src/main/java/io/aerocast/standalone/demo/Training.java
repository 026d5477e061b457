package io.aerocast.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the trainer says on `GET /healthz` of the runs that are going on.
final class Training {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client;
    private final HttpRequest request;
    private Map<String, Run> runs = Map.of();

    /// One run.
    ///
    /// @param phase `waiting for data`, `fitting` or `judging`
    /// @param signal id of the retrain signal that it answers
    /// @param model the kind that is fitted, or empty
    /// @param done samples while waiting, epochs while fitting
    /// @param all samples that are needed, or the most epochs there can be; 0 where it is not known
    record Run(String phase, String signal, String model, int done, int all) {

        boolean waiting() {
            return phase.startsWith("waiting");
        }

        boolean fitting() {
            return phase.equals("fitting");
        }

        double fraction() {
            return all == 0 ? 0 : (double) done / all;
        }

        private static Run of(JsonNode run) {
            String phase = run.path("phase").asString("");
            boolean waiting = phase.startsWith("waiting");
            return new Run(
                    phase,
                    run.path("signal").asString(""),
                    run.path("model").asString(""),
                    run.path(waiting ? "samples" : "epoch").asInt(0),
                    run.path(waiting ? "needed" : "epochs").asInt(0));
        }
    }

    Training(HttpClient client, int trainerPort) {
        this.client = client;
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/healthz".formatted(trainerPort)))
                .timeout(Duration.ofSeconds(1))
                .build();
    }

    /// The runs by pipeline; those known before where the trainer does not answer in time.
    Map<String, Run> look() throws InterruptedException {
        try {
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Map<String, Run> now = new LinkedHashMap<>();
            for (JsonNode run : MAPPER.readTree(body).path("training").path("runs")) {
                now.put(run.path("pipeline").asString(""), Run.of(run));
            }
            runs = now;
        } catch (IOException | JacksonException _) {
            // Busy; it is asked again soon.
        }
        return runs;
    }
}
