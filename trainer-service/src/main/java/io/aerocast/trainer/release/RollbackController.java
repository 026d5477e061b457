package io.aerocast.trainer.release;

import io.aerocast.service.http.Problem;
import io.aerocast.service.http.RequestFields;
import io.aerocast.trainer.release.Rollback.Reply;
import io.aerocast.trainer.track.ModelChange;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /rollback`: puts an earlier model back into service. The reply names the version that serves now, and the
/// one that served before.
@RestController
final class RollbackController {

    private static final String BY_HAND = "asked for by hand";
    private static final Set<String> FIELDS = Set.of("pipeline", "feature", "model", "version", "note");
    private static final int LONGEST_NOTE = 500;

    /// A version is part of a file name.
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]+");

    private final Rollback rollback;

    RollbackController(Rollback rollback) {
        this.rollback = rollback;
    }

    /// @param body a JSON object:
    ///     - `pipeline`: as in `noaa`, required
    ///     - `feature`: a target, by default the first one
    ///     - `model`: the kind, as in `gru`, required
    ///     - `version`: the version to serve, by default the one that the present one was compared with
    ///     - `note`: the reason, for a person
    @PostMapping(path = "/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    ModelChange roll(@RequestBody JsonNode body) throws IOException, InterruptedException {
        RequestFields fields = RequestFields.of(body, FIELDS);
        String note = fields.text("note", LONGEST_NOTE);
        Reply reply = rollback.roll(
                fields.requiredText("pipeline"),
                fields.text("feature"),
                fields.requiredText("model"),
                version(fields),
                note == null ? BY_HAND : note);
        return switch (reply) {
            case Reply.Done(ModelChange change) -> change;
            case Reply.Impossible(String reason) -> throw Problem.conflict("No rollback", reason);
        };
    }

    private static @Nullable String version(RequestFields fields) {
        String version = fields.text("version");
        if (version != null && !VERSION.matcher(version).matches()) {
            throw Problem.invalid("Expected a version of letters, digits, '.', '_' and '-' in 'version'");
        }
        return version;
    }
}
