package io.aerocast.trainer.run;

import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.run.RunQueue.Cancelled;
import io.aerocast.trainer.run.RunQueue.Selection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `POST /cancel`: ends runs that are queued, wait for data or execute. The reply names them in `cancelled`. Their
/// signals are answered; a model that a run has published already stays.
@RestController
final class CancelController {

    private static final String BY_HAND = "cancelled by hand";

    /// What [RunRecord#idOf] makes; the id is part of a file name.
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final RunQueue queue;

    CancelController(RunQueue queue) {
        this.queue = queue;
    }

    /// Names a run, or the runs of a pipeline.
    ///
    /// @param run id of a run, or `null`
    /// @param pipeline as in `noaa`, or `null`
    /// @param feature a target: the runs for it alone; or `null` for all runs of the pipeline
    /// @param note the reason, for a person, or `null`
    record Request(
            @Nullable String run,
            @Nullable String pipeline,
            @Nullable String feature,
            @Nullable String note) {}

    @PostMapping(path = "/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<Cancelled>> cancel(@RequestBody Request request) throws IOException {
        if (request.run() == null && request.pipeline() == null) {
            throw problem(
                    HttpStatus.BAD_REQUEST, "Invalid request", "Expected a text in 'run' or in 'pipeline', found none");
        }
        if (request.run() != null && !RUN_ID.matcher(request.run()).matches()) {
            throw problem(
                    HttpStatus.BAD_REQUEST,
                    "Invalid request",
                    "Expected a run id of letters, digits, '.', '_' and '-' in 'run'");
        }
        List<Cancelled> cancelled = queue.cancel(
                new Selection(request.run(), request.pipeline(), request.feature()),
                request.note() == null ? BY_HAND : request.note());
        if (cancelled.isEmpty()) {
            throw none(request);
        }
        return Map.of("cancelled", cancelled);
    }

    private ErrorResponseException none(Request request) throws IOException {
        Optional<RunRecord> run = request.run() == null ? Optional.empty() : queue.closed(request.run());
        return run.map(ended -> problem(
                        HttpStatus.CONFLICT,
                        "Nothing to cancel",
                        "Run %s has ended at %s".formatted(ended.id(), ended.finishedAt())))
                .orElseGet(() -> problem(
                        HttpStatus.NOT_FOUND,
                        "No such run",
                        "No open run has%s%s%s; GET /healthz lists those that are open"
                                .formatted(
                                        part("run", request.run()),
                                        part("pipeline", request.pipeline()),
                                        part("feature", request.feature()))));
    }

    private static String part(String name, @Nullable String value) {
        return value == null ? "" : " %s '%s'".formatted(name, value);
    }

    private static ErrorResponseException problem(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return new ErrorResponseException(status, body, null);
    }
}
