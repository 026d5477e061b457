package io.aerocast.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the trainer service.
public final class Trainer implements AutoCloseable {

    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(1);

    private final JsonClient client;

    /// @param base such as `http://127.0.0.1:8002`
    public Trainer(URI base) {
        this.client = new JsonClient(base);
    }

    /// The result of a rollback.
    ///
    /// @param model kind of model
    /// @param version the version that serves now
    /// @param before the version that served until now
    public record Served(String pipeline, String model, String version, String before) {}

    /// A training in progress.
    ///
    /// @param phase `waiting for data`, `fitting` or `judging`
    /// @param signal id of the retrain signal that it answers
    /// @param feature name of the feature whose model is being fitted, or empty
    /// @param model kind of model that is being fitted, or empty
    /// @param done samples while waiting, epochs while fitting
    /// @param all samples that are needed, or the largest number of epochs; 0 if unknown
    public record Run(String pipeline, String phase, String signal, String feature, String model, int done, int all) {

        public boolean waiting() {
            return phase.startsWith("waiting");
        }

        public boolean fitting() {
            return phase.equals("fitting");
        }

        /// Part of the phase that is done, 0 … 1.
        public double fraction() {
            return all == 0 ? 0 : (double) done / all;
        }

        private static Run of(JsonNode run) {
            String phase = run.path("phase").asString("");
            boolean waiting = phase.startsWith("waiting");
            return new Run(
                    run.path("pipeline").asString(""),
                    phase,
                    run.path("signal").asString(""),
                    run.path("feature").asString(""),
                    run.path("model").asString(""),
                    run.path(waiting ? "samples" : "epoch").asInt(0),
                    run.path(waiting ? "needed" : "epochs").asInt(0));
        }
    }

    /// The trainings in progress, the most advanced first, from `GET /healthz`.
    ///
    /// @throws IOException if the trainer does not reply within a second
    public List<Run> runs() throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (JsonNode run :
                client.health("/healthz", HEALTH_TIMEOUT).path("training").path("runs")) {
            runs.add(Run.of(run));
        }
        return runs;
    }

    /// Puts an earlier model back into service.
    ///
    /// @param feature name of the feature that the model forecasts
    /// @param kind one of [io.aerocast.forecast.ModelKinds#TRAINED]
    /// @param version the version to serve, or `null` for the one that the present version replaced
    /// @param note the reason, or `null`
    /// @throws IOException if the trainer does not reply or replies with an error; the message is the trainer's own
    public Served rollBack(
            String pipeline, String feature, String kind, @Nullable String version, @Nullable String note)
            throws IOException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("pipeline", pipeline);
        request.put("feature", feature);
        request.put("model", kind);
        if (version != null) {
            request.put("version", version);
        }
        if (note != null) {
            request.put("note", note);
        }
        JsonNode served = client.post("/rollback", request);
        return new Served(
                served.required("pipeline").asString(),
                served.required("model").asString(),
                served.required("version").asString(),
                served.required("before").asString());
    }

    /// Cancels a training.
    ///
    /// @param selection `run`, the id of a run; or `pipeline`, and `feature` to select one of its features
    /// @return the reply to `POST /cancel`
    /// @throws IOException if the trainer does not reply or replies with an error; the message is the trainer's own
    public JsonNode cancel(Map<String, Object> selection) throws IOException, InterruptedException {
        return client.post("/cancel", selection);
    }

    /// The origin of a forecast or a model.
    ///
    /// @param kind `forecast` or `version`
    /// @return the reply to `GET /lineage`
    /// @throws IOException if the trainer does not reply or replies with an error; the message is the trainer's own
    public JsonNode lineage(String kind, String id) throws IOException, InterruptedException {
        return client.get("/lineage", Map.of(kind, id));
    }

    @Override
    public void close() {
        client.close();
    }
}
