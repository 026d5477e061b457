package io.aerocast.trainer.run;

import io.aerocast.service.http.Problem;
import io.aerocast.service.http.RequestFields;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.run.RunQueue.Cancelled;
import io.aerocast.trainer.run.RunQueue.Selection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /cancel`: ends runs that are queued, wait for data or execute. The reply names them in `cancelled`. Their
/// signals are answered; a model that a run has published already stays.
@RestController
final class CancelController {

    private static final String BY_HAND = "cancelled by hand";
    private static final Set<String> FIELDS = Set.of("run", "pipeline", "feature", "note");
    private static final int LONGEST_NOTE = 500;

    /// What [RunRecord#idOf] makes; the id is part of a file name.
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final RunQueue queue;

    CancelController(RunQueue queue) {
        this.queue = queue;
    }

    /// @param body a JSON object:
    ///     - `run`: id of a run
    ///     - `pipeline`: as in `noaa`; one of the two is required
    ///     - `feature`: a target: the runs for it alone
    ///     - `note`: the reason, for a person
    @PostMapping(path = "/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<Cancelled>> cancel(@RequestBody JsonNode body) throws IOException {
        RequestFields fields = RequestFields.of(body, FIELDS);
        Selection wanted = new Selection(fields.text("run"), fields.text("pipeline"), fields.text("feature"));
        String note = fields.text("note", LONGEST_NOTE);
        if (wanted.run() == null && wanted.pipeline() == null) {
            throw Problem.invalid("Expected a text in 'run' or in 'pipeline', found none");
        }
        if (wanted.run() != null && !RUN_ID.matcher(wanted.run()).matches()) {
            throw Problem.invalid("Expected a run id of letters, digits, '.', '_' and '-' in 'run'");
        }
        List<Cancelled> cancelled = queue.cancel(wanted, note == null ? BY_HAND : note);
        if (cancelled.isEmpty()) {
            throw none(wanted);
        }
        return Map.of("cancelled", cancelled);
    }

    private Problem none(Selection wanted) throws IOException {
        Optional<RunRecord> run = wanted.run() == null ? Optional.empty() : queue.closed(wanted.run());
        return run.map(ended -> Problem.conflict(
                        "Nothing to cancel", "Run %s has ended at %s".formatted(ended.id(), ended.finishedAt())))
                .orElseGet(() -> Problem.notFound(
                        "No such run",
                        "No open run has%s%s%s; GET /healthz lists those that are open"
                                .formatted(
                                        part("run", wanted.run()),
                                        part("pipeline", wanted.pipeline()),
                                        part("feature", wanted.feature()))));
    }

    private static String part(String name, @Nullable String value) {
        return value == null ? "" : " %s '%s'".formatted(name, value);
    }
}
