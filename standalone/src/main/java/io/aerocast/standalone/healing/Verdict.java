package io.aerocast.standalone.healing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a run of the demo showed. Errors are root mean squares in the target's unit; a number that the run did not
/// yield is `null`.
///
/// @param healed whether the pipeline with the heatwave is back to normal, see [Healing]
/// @param reason what is missing; absent if healed
/// @param pipeline the pipeline with the heatwave, which all numbers outside `pipelines` are of
/// @param observationsToDetection see [Healing#observationsToDetection]
/// @param secondsSignalToServing see [Healing#signalToServing]
/// @param rmseCalm the old model's error before the heatwave
/// @param rmseDrifted the old model's error in the heatwave, as long as it served
/// @param rmseHealed the new model's error
/// @param oldModelRmseHealed the old model's error on the observations of `rmseHealed`
/// @param persistenceRmseCalm persistence's error on the evaluations of `rmseCalm`
/// @param persistenceRmseDrifted persistence's error on the evaluations of `rmseDrifted`
/// @param persistenceRmseHealed persistence's error on the evaluations of `rmseHealed`
/// @param evaluationsCalm number of evaluations behind `rmseCalm`
/// @param evaluationsDrifted number of evaluations behind `rmseDrifted`
/// @param evaluationsHealed number of evaluations behind `rmseHealed`
/// @param modelVersions versions that served, by pipeline, in that order
/// @param pipelines what was seen of each pipeline
/// @param requestsAnswered forecasts that a client got over HTTP during the whole run, swaps included
/// @param requestsFailed requests that got anything else
/// @param seconds wall-clock time of the run, start of the services included
@JsonPropertyOrder({"healed", "reason", "pipeline"})
public record Verdict(
        boolean healed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        String pipeline,
        @Nullable Long observationsToDetection,
        @Nullable Double secondsSignalToServing,
        @Nullable Double rmseCalm,
        @Nullable Double rmseDrifted,
        @Nullable Double rmseHealed,
        @Nullable Double oldModelRmseHealed,
        @Nullable Double persistenceRmseCalm,
        @Nullable Double persistenceRmseDrifted,
        @Nullable Double persistenceRmseHealed,
        int evaluationsCalm,
        int evaluationsDrifted,
        int evaluationsHealed,
        Map<String, List<String>> modelVersions,
        Map<String, Pipe> pipelines,
        long requestsAnswered,
        long requestsFailed,
        double seconds) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// What was seen of one pipeline during the whole run.
    ///
    /// @param observations observations on the topic
    /// @param landed observations in landed parquet windows
    /// @param evaluations forecasts of the first horizon that met what came true
    /// @param rmse error of all those forecasts
    /// @param persistenceRmse persistence's error on the same
    /// @param driftEpisodes how often drift began
    /// @param versions versions that served, in that order
    public record Pipe(
            long observations,
            long landed,
            long evaluations,
            @Nullable Double rmse,
            @Nullable Double persistenceRmse,
            long driftEpisodes,
            List<String> versions) {

        public static Pipe of(PipelineRecord seen) {
            ErrorSpan all = ErrorSpan.of(seen.evaluations());
            return new Pipe(
                    seen.observations(),
                    seen.landed(),
                    seen.evaluated(),
                    number(all.rmse()),
                    number(all.persistenceRmse()),
                    seen.driftEpisodes(),
                    List.copyOf(seen.firstForecasts().keySet()));
        }
    }

    public static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? (Double) rounded(value.getAsDouble()) : null;
    }

    public static double seconds(Duration duration) {
        return rounded(duration.toMillis() / 1e3);
    }

    /// One line of JSON.
    public String json() {
        return MAPPER.writeValueAsString(this);
    }

    /// The same of a run that could not even begin.
    ///
    /// @param reason why
    public static String json(@Nullable String reason) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("healed", false);
        verdict.put("reason", reason);
        return MAPPER.writeValueAsString(verdict);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
