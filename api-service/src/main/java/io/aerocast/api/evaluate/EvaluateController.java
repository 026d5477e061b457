package io.aerocast.api.evaluate;

import io.aerocast.api.board.StationRevisions;
import io.aerocast.api.http.Acknowledgement;
import io.aerocast.api.http.Problem;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /v1/eval`, also `/eval`: reports a forecast and its observed value. Body: see [EvaluateRequest]. Reply:
/// [EvaluateReply], for a report with a station once the broker has stored the evaluation. A report without a
/// station counts in this replica alone and is not published. Errors: 400 for an invalid body or time, 404 for
/// a station that was not observed, 429 beyond the rate, 503 if the broker does not store the evaluation.
@RestController
final class EvaluateController {

    private final Pipelines pipelines;
    private final ObservedStations stations;
    private final TokenBucket rate;
    private final EventPublisher events;
    private final RollingErrors errors;
    private final RollingErrors anonymous;
    private final AtomicLong anonymousReports = new AtomicLong();
    private final DriftStates drift;
    private final StationRevisions revisions;

    /// @param errors the errors of stations
    /// @param anonymous the errors of reports without a station
    EvaluateController(
            Pipelines pipelines,
            ObservedStations stations,
            TokenBucket rate,
            EventPublisher events,
            RollingErrors errors,
            RollingErrors anonymous,
            DriftStates drift,
            StationRevisions revisions) {
        this.pipelines = pipelines;
        this.stations = stations;
        this.rate = rate;
        this.events = events;
        this.errors = errors;
        this.anonymous = anonymous;
        this.drift = drift;
        this.revisions = revisions;
    }

    @PostMapping(
            path = {"/eval", "/v1/eval"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    EvaluateReply evaluate(@RequestBody JsonNode body) {
        takeToken();
        EvaluateRequest request = EvaluateRequest.read(body, pipelines);
        String station = request.station();
        if (station == null) {
            return count(request.evaluation(), anonymous, anonymousReports.getAndIncrement());
        }
        stations.require(request.view(), station, request.evaluation().target());
        Evaluation evaluation = request.evaluation();
        EvaluateReply reply = count(
                evaluation, errors, Acknowledgement.offset(events.publish(Topics.EVALUATIONS, station, evaluation)));
        revisions.changed(evaluation.pipeline(), station);
        return reply;
    }

    private void takeToken() {
        Duration wait = rate.take();
        if (wait.isPositive()) {
            throw Problem.tooMany(
                    "More reports than aerocast.api.evaluate.rate allows; this one was not counted", wait);
        }
    }

    private EvaluateReply count(Evaluation evaluation, RollingErrors series, long offset) {
        series.add(evaluation, offset, Instant.now());
        RollingError error = series.of(evaluation);
        return new EvaluateReply(
                error.rmse(),
                error.count(),
                Math.abs(evaluation.pairs().getFirst().residual(evaluation.actual())),
                drift.drifts(evaluation.pipeline(), evaluation.station(), evaluation.feature()),
                error.modelVersion());
    }
}
