package io.aerocast.api.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.aerocast.api.http.RequestFields;
import io.aerocast.api.model.ModelView;
import io.aerocast.api.model.Refusal;
import io.aerocast.api.model.ServedModels;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `GET /v1/models`: the models that serve, those that were refused, and what the gate decided about the latest
/// candidates, which the trainer knows. Errors: 400 for an unknown pipeline.
@RestController
final class ModelsController {

    private static final int RUNS = 100;

    private final Pipelines pipelines;
    private final ServedModels served;
    private final TrainerClient trainer;

    ModelsController(Pipelines pipelines, ServedModels served, TrainerClient trainer) {
        this.pipelines = pipelines;
        this.served = served;
        this.trainer = trainer;
    }

    /// @param champions the models that serve
    /// @param refused published models that this replica refused
    /// @param history newest first; absent while the trainer does not answer
    /// @param note why there is no history, absent otherwise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Reply(
            List<Champion> champions,
            List<Refusal> refused,
            @Nullable List<Judged> history,
            @Nullable String note) {}

    record Champion(String pipeline, @JsonUnwrapped ModelView model) {}

    /// What the gate decided about a candidate.
    ///
    /// @param verdict `promoted`, `held` or `failed`
    /// @param words the same as a sentence, with its reasons
    /// @param version absent where nothing was fitted
    /// @param champion the version that served then, absent where none did
    /// @param run id of the training
    /// @param reason why it happened: `drift`, `degraded`, `schedule` or `manual`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Judged(
            String pipeline,
            String feature,
            String model,
            @Nullable String version,
            @Nullable String champion,
            String verdict,
            String words,
            String at,
            String run,
            String reason,
            JsonNode metrics,
            @Nullable JsonNode probation) {

        private static Judged of(JsonNode run, JsonNode outcome) {
            return new Judged(
                    run.path("pipeline").asString(""),
                    outcome.path("feature").asString(""),
                    outcome.path("model").asString(""),
                    text(outcome, "version"),
                    text(outcome, "champion"),
                    outcome.path("verdict").asString(""),
                    words(outcome),
                    outcome.path("at").asString(""),
                    run.path("run").asString(""),
                    run.path("reason").asString(""),
                    outcome.path("metrics"),
                    outcome.hasNonNull("probation") ? outcome.path("probation") : null);
        }

        /// As in `gru of temperature was held: it forgot the calm`.
        private static String words(JsonNode outcome) {
            String reasons = StreamSupport.stream(outcome.path("reasons").spliterator(), false)
                    .map(reason -> reason.asString(""))
                    .collect(Collectors.joining("; "));
            String verdict = outcome.path("verdict").asString("");
            return "%s of %s %s%s"
                    .formatted(
                            outcome.path("model").asString(""),
                            outcome.path("feature").asString(""),
                            verdict.equals("failed") ? verdict : "was " + verdict,
                            reasons.isEmpty() ? "" : ": " + reasons);
        }

        private static @Nullable String text(JsonNode object, String field) {
            return object.hasNonNull(field) ? object.path(field).asString("") : null;
        }
    }

    @GetMapping("/v1/models")
    Reply models(@RequestParam(required = false) @Nullable String pipeline) {
        Collection<Pipeline> wanted =
                pipeline == null ? pipelines.all() : List.of(RequestFields.pipeline("pipeline", pipeline, pipelines));
        List<Champion> champions = wanted.stream()
                .flatMap(each -> served.serving(each).stream())
                .map(serving -> new Champion(serving.model().card().pipeline(), ModelView.of(serving)))
                .toList();
        List<Refusal> refused = served.refused().stream()
                .filter(refusal -> pipeline == null || pipeline.equals(refusal.pipeline()))
                .toList();
        try {
            return new Reply(champions, refused, history(pipeline), null);
        } catch (ErrorResponseException e) {
            return new Reply(champions, refused, null, e.getBody().getDetail());
        }
    }

    private List<Judged> history(@Nullable String pipeline) {
        String query = pipeline == null ? "" : "&pipeline=" + TrainerClient.encoded(pipeline);
        JsonNode runs =
                trainer.get("/trainings?limit=%d%s".formatted(RUNS, query)).path("ended");
        return StreamSupport.stream(runs.spliterator(), false)
                .flatMap(run -> StreamSupport.stream(run.path("outcomes").spliterator(), false)
                        .map(outcome -> Judged.of(run, outcome)))
                .toList();
    }
}
