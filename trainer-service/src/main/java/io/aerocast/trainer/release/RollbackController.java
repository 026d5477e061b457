package io.aerocast.trainer.release;

import io.aerocast.trainer.release.Rollback.Outcome;
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

/// `POST /rollback`: puts an earlier model back into service. The reply tells what serves now, and what served
/// before.
@RestController
final class RollbackController {

    private static final String BY_HAND = "asked for by hand";

    private final Rollback rollback;

    RollbackController(Rollback rollback) {
        this.rollback = rollback;
    }

    /// @param pipeline such as `noaa`
    /// @param model `gru` or `seasonal`
    /// @param version the version to serve, or `null` for the one that the present one was measured against
    /// @param note for a person: why, or `null`
    record Wish(
            @Nullable String pipeline,
            @Nullable String model,
            @Nullable String version,
            @Nullable String note) {}

    @PostMapping(path = "/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    ModelChange roll(@RequestBody Wish wish) throws IOException, InterruptedException {
        String note = wish.note() == null ? BY_HAND : wish.note();
        Outcome outcome = rollback.roll(
                required("pipeline", wish.pipeline()), required("model", wish.model()), wish.version(), note);
        return switch (outcome) {
            case Outcome.Done(ModelChange served) -> served;
            case Outcome.Impossible(String reason) -> throw problem(HttpStatus.CONFLICT, "No rollback", reason);
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
