package io.aerocast.api.training;

import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.api.retrain.RetrainSignals;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipelines;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Trainings, rollback and lineage, which the trainer answers: requests are forwarded, with the client's
/// `Authorization`. Errors: those of the trainer, and 503 without one.
@RestController
final class TrainingController {

    private static final int MOST = 1000;

    private final Pipelines pipelines;
    private final TrainerClient trainer;
    private final RetrainSignals signals;
    private final JsonMapper json;

    TrainingController(Pipelines pipelines, TrainerClient trainer, RetrainSignals signals, JsonMapper json) {
        this.pipelines = pipelines;
        this.trainer = trainer;
        this.signals = signals;
        this.json = json;
    }

    /// Open runs with their progress, ended ones with the verdicts, and the newest retrain signals.
    @GetMapping("/v1/trainings")
    ObjectNode trainings(
            @RequestParam(required = false) @Nullable String pipeline, @RequestParam(defaultValue = "20") int limit) {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid(
                    "Field 'limit': expected a whole number from 1 to %d, found %d".formatted(MOST, limit));
        }
        JsonNode runs = trainer.get("/trainings?limit=%d%s"
                .formatted(limit, pipeline == null ? "" : "&pipeline=" + TrainerClient.encoded(pipeline)));
        List<RetrainSignal> raised = signals.newest().stream()
                .filter(signal -> pipeline == null || pipeline.equals(signal.pipeline()))
                .limit(limit)
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("open", runs.path("open"));
        reply.set("ended", runs.path("ended"));
        reply.set("signals", json.valueToTree(raised));
        return reply;
    }

    /// Ends a run that is queued, waits for data or executes.
    @DeleteMapping("/v1/trainings/{id}")
    JsonNode cancel(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String note,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("run", id);
        return trainer.post("/cancel", note == null ? request : request.put("note", note), authorization);
    }

    /// Puts an earlier version back into service; body: `feature`, `version` and `note`, all optional.
    @PostMapping(path = "/v1/models/{pipeline}/{model}/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    JsonNode rollback(
            @PathVariable String pipeline,
            @PathVariable String model,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (body != null) {
            Set<String> known = Set.of("feature", "version", "note");
            RequestFields fields = RequestFields.of(body, known);
            for (String name : known) {
                String text = fields.text(name);
                if (text != null) {
                    request.put(name, text);
                }
            }
        }
        return trainer.post("/rollback", request.put("pipeline", pipeline).put("model", model), authorization);
    }

    /// Where a forecast or a model comes from: an id with slashes is that of a forecast.
    @GetMapping("/v1/lineage/{*id}")
    JsonNode lineage(@PathVariable String id) {
        String named = id.substring(1);
        return trainer.get(
                "/lineage?%s=%s".formatted(named.contains("/") ? "forecast" : "version", TrainerClient.encoded(named)));
    }
}
