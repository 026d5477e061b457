package io.aerocast.api.retrain;

import io.aerocast.api.http.Acknowledgement;
import io.aerocast.api.http.RequestFields;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.retrain.RetrainReply.Checked;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /routine-retrain-check`: requests a training where the last one is too old. The query parameter `pipeline`
/// or the body `{"pipeline": …}` names one pipeline; without either all are checked. Reply: [RetrainReply]. Errors:
/// 400 for an unknown pipeline or an invalid body, 503 if the broker does not store the signal.
@RestController
final class RetrainController {

    private static final String PIPELINE = "pipeline";

    private final Pipelines pipelines;
    private final ServedModels served;
    private final RetrainCheck check;
    private final EventPublisher events;

    RetrainController(Pipelines pipelines, ServedModels served, RetrainCheck check, EventPublisher events) {
        this.pipelines = pipelines;
        this.served = served;
        this.check = check;
        this.events = events;
    }

    @PostMapping(
            path = {"/routine-retrain-check", "/v1/routine-retrain-check"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    RetrainReply check(
            @RequestParam(name = PIPELINE, required = false) @Nullable String parameter,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return RetrainReply.of(
                requested(parameter, body).stream().map(this::check).toList());
    }

    private Collection<Pipeline> requested(@Nullable String parameter, @Nullable JsonNode body) {
        Pipeline named =
                body == null ? null : RequestFields.of(body, Set.of(PIPELINE)).pipeline(PIPELINE, pipelines);
        if (named != null) {
            return List.of(named);
        }
        return parameter == null ? pipelines.all() : List.of(RequestFields.pipeline(PIPELINE, parameter, pipelines));
    }

    private Checked check(Pipeline pipeline) {
        RetrainVerdict verdict = check.judge(pipeline, served.lastTraining(pipeline), Instant.now());
        return switch (verdict) {
            case RetrainVerdict.Fresh fresh -> Checked.of(pipeline.name(), fresh);
            case RetrainVerdict.Due due -> {
                Acknowledgement.offset(events.publish(Topics.RETRAIN, pipeline.name(), due.signal()));
                yield Checked.of(pipeline.name(), due);
            }
        };
    }
}
