package io.aerocast.api.evaluate;

import io.aerocast.api.http.Acknowledgement;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /eval`: reports a forecast and its observed value. Body: see [EvaluateRequest]. Reply: [EvaluateReply]
/// once the broker has stored the evaluation. Errors: 400 for an invalid body, 503 if the broker does not store it.
@RestController
final class EvaluateController {

    private final Pipelines pipelines;
    private final EventPublisher events;
    private final RollingErrors errors;
    private final DriftStates drift;

    EvaluateController(Pipelines pipelines, EventPublisher events, RollingErrors errors, DriftStates drift) {
        this.pipelines = pipelines;
        this.events = events;
        this.errors = errors;
        this.drift = drift;
    }

    @PostMapping(path = "/eval", consumes = MediaType.APPLICATION_JSON_VALUE)
    EvaluateReply evaluate(@RequestBody JsonNode body) {
        Evaluation evaluation = EvaluateRequest.read(body, pipelines);
        long offset = Acknowledgement.offset(events.publish(Topics.EVALUATIONS, evaluation.station(), evaluation));
        RollingError error = errors.add(evaluation, offset, Instant.now());
        return new EvaluateReply(
                error.rmse(),
                error.count(),
                Math.abs(evaluation.residual()),
                drift.drifts(evaluation.pipeline(), evaluation.station()));
    }
}
