package io.aerocast.standalone.healing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.aerocast.standalone.healing.ServedScores.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The numbers of one run of the demo. All are of the served forecasts, that is of the blend. Errors are root mean
/// squares in the target's unit; a number that the run did not yield is `null`.
///
/// @param healed whether the pipeline with the heatwave is back to normal, see [Healing]
/// @param reason the first condition that is not met; absent if healed
/// @param pipeline the pipeline with the heatwave; all numbers outside `pipelines` belong to it
/// @param observationsToDetection see [Healing#observationsToDetection]
/// @param secondsSignalToServing see [Healing#signalToServing]
/// @param rmseCalm the old blend's error before the heatwave
/// @param rmseDrifted the old blend's error in the heatwave, while it served
/// @param rmseHealed the new blend's error
/// @param oldModelRmseHealed the error that the old models would have had as they were fitted, on the
///     observations of `rmseHealed`
/// @param persistenceRmseCalm persistence's error on the evaluations of `rmseCalm`
/// @param persistenceRmseDrifted persistence's error on the evaluations of `rmseDrifted`
/// @param persistenceRmseHealed persistence's error on the evaluations of `rmseHealed`
/// @param evaluationsCalm number of evaluations behind `rmseCalm`
/// @param evaluationsDrifted number of evaluations behind `rmseDrifted`
/// @param evaluationsHealed number of evaluations behind `rmseHealed`
/// @param modelVersions versions of the blend of the first target that served, by pipeline, in that order
/// @param pipelines counts and errors of each pipeline
/// @param goal the goal of a long replay; absent in other runs
/// @param requestsAnswered forecasts that a client received over HTTP during the whole run, swaps included
/// @param requestsFailed requests that failed
/// @param seconds wall-clock time of the run, start of the services included
@JsonPropertyOrder({"healed", "reason", "pipeline"})
public record HealingReport(
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Goal goal,
        long requestsAnswered,
        long requestsFailed,
        double seconds) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// Counts and errors of one pipeline during the whole run.
    ///
    /// @param observations observations on the topic
    /// @param landed observations in landed parquet windows
    /// @param evaluations forecasts of the first target and horizon whose target time has been observed
    /// @param rmse error of all those forecasts
    /// @param persistenceRmse persistence's error on the same
    /// @param driftEpisodes how often drift of a target began
    /// @param versions versions of the blend of the first target that served, in that order
    /// @param promotions models that were promoted, over all targets and kinds of model
    /// @param rollbacks models that returned to service
    /// @param skills skill against persistence over the newest [ServedScores#NEWEST] observed values, by target and
    ///     horizon
    /// @param coverages share of those values within their interval, by target and horizon
    public record Pipe(
            long observations,
            long landed,
            long evaluations,
            @Nullable Double rmse,
            @Nullable Double persistenceRmse,
            long driftEpisodes,
            List<String> versions,
            int promotions,
            int rollbacks,
            Map<String, SortedMap<Integer, Double>> skills,
            Map<String, SortedMap<Integer, Double>> coverages) {

        private static Pipe of(PipelineRecord seen) {
            ErrorSpan all = ErrorSpan.of(seen.scored());
            return new Pipe(
                    seen.observations(),
                    seen.landed(),
                    seen.evaluated(),
                    number(all.rmse()),
                    number(all.persistenceRmse()),
                    seen.driftEpisodes(),
                    List.copyOf(seen.firstForecasts().keySet()),
                    seen.publications().promotions(),
                    seen.publications().rollbacks(),
                    byTarget(seen, Score::skill),
                    byTarget(seen, Score::coverage));
        }

        private static Map<String, SortedMap<Integer, Double>> byTarget(
                PipelineRecord seen, Function<Score, @Nullable Double> measure) {
            Map<String, SortedMap<Integer, Double>> all = new LinkedHashMap<>();
            for (String target : seen.pipeline().targets()) {
                SortedMap<Integer, Double> numbers = new TreeMap<>();
                seen.scores().of(target).forEach((horizon, score) -> {
                    Double number = measure.apply(score);
                    if (number != null) {
                        numbers.put(horizon, rounded(number));
                    }
                });
                all.put(target, numbers);
            }
            return all;
        }
    }

    /// Whether a replay of months showed what it is to show, see [ServedGoal].
    ///
    /// @param pipeline the pipeline that was replayed
    /// @param until observation time at which the run was to end
    /// @param reason the first condition that is not met; absent if shown
    public record Goal(
            String pipeline,
            String until,
            boolean shown,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {

        public static Goal of(String pipeline, Instant until, Optional<String> missing) {
            return new Goal(pipeline, until.toString(), missing.isEmpty(), missing.orElse(null));
        }
    }

    /// Requests that a client sent during the run.
    ///
    /// @param answered requests that got a forecast
    /// @param failed all others
    public record RequestCount(long answered, long failed) {}

    /// The report at one moment of a run.
    ///
    /// @param pipeline the pipeline with the heatwave
    /// @param healing its state
    /// @param obstacle why it cannot heal any more; takes precedence over [Healing#missing]
    /// @param records all pipelines of the run
    /// @param goal of a long replay
    /// @param elapsed since the start
    public static HealingReport of(
            String pipeline,
            Healing healing,
            Optional<String> obstacle,
            List<PipelineRecord> records,
            Optional<Goal> goal,
            RequestCount requests,
            Duration elapsed) {
        Optional<String> missing = obstacle.or(healing::missing);
        Map<String, Pipe> pipes = new LinkedHashMap<>();
        records.forEach(seen -> pipes.put(seen.pipeline().name(), Pipe.of(seen)));
        Map<String, List<String>> versions = new LinkedHashMap<>();
        pipes.forEach((name, pipe) -> versions.put(name, pipe.versions()));
        return new HealingReport(
                missing.isEmpty(),
                missing.orElse(null),
                pipeline,
                healing.observationsToDetection().orElse(null),
                healing.signalToServing().map(HealingReport::seconds).orElse(null),
                number(healing.calm().rmse()),
                number(healing.drifted().rmse()),
                number(healing.healed().rmse()),
                number(healing.oldModelRmse()),
                number(healing.calm().persistenceRmse()),
                number(healing.drifted().persistenceRmse()),
                number(healing.healed().persistenceRmse()),
                healing.calm().count(),
                healing.drifted().count(),
                healing.healed().count(),
                versions,
                pipes,
                goal.orElse(null),
                requests.answered(),
                requests.failed(),
                seconds(elapsed));
    }

    /// One line of JSON.
    public String json() {
        return MAPPER.writeValueAsString(this);
    }

    /// The report of a run that could not start, as one line of JSON.
    public static String notStarted(@Nullable String reason) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("healed", false);
        report.put("reason", reason);
        return MAPPER.writeValueAsString(report);
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() ? (Double) rounded(value.getAsDouble()) : null;
    }

    private static double seconds(Duration duration) {
        return rounded(duration.toMillis() / 1e3);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
