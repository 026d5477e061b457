package io.aerocast.trainer.run;

import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /trainings?pipeline=&limit=`: the open runs with their progress, and the newest runs that have ended with what
/// the gate decided. Errors: 400 for a limit that is not between 1 and 1000.
@RestController
final class TrainingsController {

    private static final int MOST = 1000;

    private final TrainingStatus status;
    private final RunRecords records;

    /// The records as they were last read, which is done again only once one has changed.
    private List<EndedRun> ended = List.of();
    private int state;

    TrainingsController(TrainingStatus status, RunRecords records) {
        this.status = status;
        this.records = records;
    }

    /// @param open progress of each run, see [TrainingStatus]
    /// @param ended newest first
    record Reply(List<Map<String, Object>> open, List<EndedRun> ended) {}

    /// @param pipeline the runs of this one, or `null` for all
    /// @param limit largest number of ended runs
    @GetMapping("/trainings")
    Reply trainings(
            @RequestParam(required = false) @Nullable String pipeline, @RequestParam(defaultValue = "20") int limit)
            throws IOException {
        if (limit < 1 || limit > MOST) {
            throw invalid("Parameter 'limit': expected a whole number from 1 to %d, found %d".formatted(MOST, limit));
        }
        return new Reply(
                status.open().stream()
                        .filter(run -> pipeline == null || pipeline.equals(run.get("pipeline")))
                        .toList(),
                ended().stream()
                        .filter(run -> pipeline == null || pipeline.equals(run.pipeline()))
                        .limit(limit)
                        .toList());
    }

    private synchronized List<EndedRun> ended() throws IOException {
        int now = records.state();
        if (now != state) {
            ended = records.all().stream()
                    .filter(RunRecord::closed)
                    .map(EndedRun::of)
                    .sorted(Comparator.comparing(EndedRun::time).reversed())
                    .toList();
            state = now;
        }
        return ended;
    }

    private static ErrorResponseException invalid(String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        body.setTitle("Invalid request");
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, body, null);
    }
}
