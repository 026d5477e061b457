package io.aerocast.trainer.release;

import io.aerocast.trainer.release.Rollback.Reply;
import io.aerocast.trainer.track.ModelChange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `POST /rollback`: puts an earlier model back into service. The reply names the version that serves now, and the
/// one that served before.
@RestController
final class RollbackController {

    private static final String BY_HAND = "asked for by hand";

    private final Rollback rollback;

    RollbackController(Rollback rollback) {
        this.rollback = rollback;
    }

    /// @param pipeline as in `noaa`
    /// @param feature a target, or `null` for the first one
    /// @param model the kind, as in `gru`
    /// @param version the version to serve, or `null` for the one that the present one was compared with
    /// @param note the reason, for a person, or `null`
    record Request(
            @Nullable String pipeline,
            @Nullable String feature,
            @Nullable String model,
            @Nullable String version,
            @Nullable String note) {}

    @PostMapping(path = "/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    ModelChange roll(@RequestBody Request request) throws IOException, InterruptedException {
        String note = request.note() == null ? BY_HAND : request.note();
        Reply reply = rollback.roll(
                required("pipeline", request.pipeline()),
                request.feature(),
                required("model", request.model()),
                request.version(),
                note);
        return switch (reply) {
            case Reply.Done(ModelChange change) -> change;
            case Reply.Impossible(String reason) -> throw problem(HttpStatus.CONFLICT, "No rollback", reason);
        };
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw problem(
                    HttpStatus.BAD_REQUEST, "Invalid request", "Expected a text in '%s', found none".formatted(field));
        }
        return value;
    }

    private static ErrorResponseException problem(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return new ErrorResponseException(status, body, null);
    }
}
