package io.aerocast.api.retrain;

import io.aerocast.api.http.Acknowledgement;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.retrain.RetrainReply.Checked;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.service.http.Problem;
import io.aerocast.service.http.RequestFields;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
/// 400 for an unknown pipeline or an invalid body, 503 if the broker does not store the signal or earlier ones are
/// unread.
@RestController
final class RetrainController {

    private static final String PIPELINE = "pipeline";

    private final Pipelines pipelines;
    private final ServedModels served;
    private final RetrainCheck check;
    private final RequestedTrainings requested;
    private final TopicFollower<RetrainSignal> signals;
    private final EventPublisher events;

    /// @param requested filled from `signals`
    RetrainController(
            Pipelines pipelines,
            ServedModels served,
            RetrainCheck check,
            RequestedTrainings requested,
            TopicFollower<RetrainSignal> signals,
            EventPublisher events) {
        this.pipelines = pipelines;
        this.served = served;
        this.check = check;
        this.requested = requested;
        this.signals = signals;
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
            case RetrainVerdict.Requested requested -> Checked.of(pipeline.name(), requested);
            case RetrainVerdict.Due due -> Checked.of(pipeline.name(), request(pipeline, due));
        };
    }

    /// Requests a training that nobody has requested: the trainer answers a signal once.
    private RetrainVerdict request(Pipeline pipeline, RetrainVerdict.Due due) {
        if (!signals.caughtUp()) {
            throw Problem.unavailable(
                    "Broker away",
                    "The requests of trainings have not been read yet; none was added, send the request again later");
        }
        Optional<Instant> before = requested.find(due.signal());
        if (before.isPresent()) {
            return due.requested(before.get());
        }
        Acknowledgement.offset(events.publish(Topics.RETRAIN, pipeline.name(), due.signal()));
        requested.add(due.signal());
        return due;
    }
}
