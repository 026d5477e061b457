package io.aerocast.trainer.probation;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.probation.ReverseTest.Comparison;
import io.aerocast.trainer.probation.ReverseTest.NotWorse;
import io.aerocast.trainer.probation.ReverseTest.Worse;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.Probation;
import io.aerocast.trainer.record.Probation.Result;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.Rollback;
import io.aerocast.trainer.release.Rollback.Reply;
import io.aerocast.training.dataset.Sample;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The probations of the promoted models:
///
/// ```
///  promoted ─► on probation ─┬─ worse ─► rolled back: the model before serves again, this one is barred
///                  ▲         ├─ the whole period without that ─► passed
///                  │         └─ another model serves ─► over
///                  └─ a step of new data
/// ```
///
/// The end is kept in the record of the run that promoted the model. A rollback is published before it is
/// recorded; if the process is killed between the two, the earlier model is found to serve and the record is
/// completed.
final class Probations {

    private static final Logger log = LoggerFactory.getLogger(Probations.class);

    private final ProbationProperties properties;
    private final ReverseTest test;
    private final RunRecords runs;
    private final Champions champions;
    private final Rollback rollback;
    private final ProbationMetrics metrics;
    private final InstantSource clock;
    private final Map<String, OnProbation> current = new ConcurrentHashMap<>();

    Probations(
            ProbationProperties properties,
            ReverseTest test,
            RunRecords runs,
            Champions champions,
            Rollback rollback,
            ProbationMetrics metrics,
            InstantSource clock) {
        this.properties = properties;
        this.test = test;
        this.runs = runs;
        this.champions = champions;
        this.rollback = rollback;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// A promoted model whose probation has not ended.
    ///
    /// @param view of its feature
    /// @param run the run that promoted it
    /// @param champion version of the model that it replaced
    /// @param gridTimes grid times since the promotion, at the last comparison
    record OnProbation(Pipeline view, RunRecord run, Published outcome, String champion, int gridTimes) {

        String label() {
            return run.label(outcome);
        }

        String version() {
            return outcome.candidate().version();
        }

        private Data data() {
            return run.data(outcome.feature()).orElseThrow();
        }

        private Instant calmUntil() {
            return Objects.requireNonNullElse(
                    run.changedSince(), data().holdOut().to());
        }

        private OnProbation at(int moreGridTimes) {
            return new OnProbation(view, run, outcome, champion, moreGridTimes);
        }
    }

    /// The probations in progress.
    List<OnProbation> current() {
        return List.copyOf(current.values());
    }

    /// Compares the models of a feature that are on probation, if enough data have landed since the last
    /// comparison.
    ///
    /// @param records all of the pipeline
    /// @param newest the newest observation time that has landed
    /// @param samples of the view, read where they are needed
    /// @throws IOException if a record or an artifact cannot be read or written
    /// @throws InterruptedException if the thread is interrupted while the broker is away
    void check(Pipeline view, List<RunRecord> records, Instant newest, Supplier<List<Sample>> samples)
            throws IOException, InterruptedException {
        for (OnProbation model : onProbation(view, records)) {
            String key = "%s/%s/%s"
                    .formatted(
                            view.name(), view.target().name(), model.outcome().kind());
            int seen = Optional.ofNullable(current.get(key))
                    .filter(before -> before.version().equals(model.version()))
                    .map(OnProbation::gridTimes)
                    .orElse(0);
            current.put(key, model.at(seen));
            Instant next = view.after(model.data().holdOut().to(), seen + properties.step());
            if (!newest.isBefore(next) && !check(model, key, samples, newest)) {
                current.remove(key);
            }
        }
    }

    /// @return whether the probation goes on
    private boolean check(OnProbation model, String key, Supplier<List<Sample>> samples, Instant newest)
            throws IOException, InterruptedException {
        Optional<ForecastModel> serving =
                champions.find(model.view(), model.outcome().kind());
        String version = serving.map(found -> found.card().version()).orElse("");
        if (version.equals(model.champion())) {
            end(model, Result.ROLLED_BACK, model.gridTimes(), "version %s serves again".formatted(version));
            return false;
        }
        Optional<ForecastModel> before =
                rollback.find(model.view(), model.outcome().kind(), model.champion());
        if (!version.equals(model.version()) || before.isEmpty()) {
            return false;
        }
        Instant promoted = model.data().holdOut().to();
        Comparison comparison = test.compare(
                model.view(),
                samples.get(),
                serving.orElseThrow(),
                before.get(),
                model.calmUntil(),
                promoted,
                model.view().after(promoted, properties.gridTimes() + 1));
        // Stations have gaps: the period ends by its time, however many grid times of it were observed.
        Instant end = model.view()
                .after(
                        promoted,
                        properties.gridTimes() + 1 + model.view().horizons().getLast());
        return settle(model, key, comparison, !newest.isBefore(end));
    }

    /// @param over whether the period has ended
    private boolean settle(OnProbation model, String key, Comparison comparison, boolean over)
            throws IOException, InterruptedException {
        return switch (comparison) {
            case Worse(int gridTimes, String reason) -> {
                rollBack(model, gridTimes, reason);
                yield false;
            }
            case NotWorse(int gridTimes)
            when over || gridTimes >= properties.gridTimes() -> {
                end(model, Result.PASSED, gridTimes, "not worse than %s".formatted(model.champion()));
                yield false;
            }
            case NotWorse(int gridTimes) -> {
                current.put(key, model.at(gridTimes));
                yield true;
            }
        };
    }

    private void rollBack(OnProbation model, int gridTimes, String reason) throws IOException, InterruptedException {
        Pipeline view = model.view();
        String note = "failed its probation after %d grid times: %s".formatted(gridTimes, reason);
        switch (rollback.roll(view, model.outcome().kind(), model.version(), model.champion(), note)) {
            case Reply.Done _ -> end(model, Result.ROLLED_BACK, gridTimes, reason);
            case Reply.Impossible(String why) ->
                log.atError()
                        .addKeyValue("pipeline", view.name())
                        .addKeyValue("feature", view.target().name())
                        .addKeyValue("model", model.outcome().kind())
                        .addKeyValue("version", model.version())
                        .addKeyValue("cause", why)
                        .log("model failed its probation and cannot be rolled back");
        }
    }

    private void end(OnProbation model, Result result, int gridTimes, String reason) throws IOException {
        Probation ended = new Probation(result, model.champion(), clock.instant(), gridTimes, reason);
        // The record may have changed since the look at all records.
        RunRecord run = runs.find(model.run().id()).orElse(model.run());
        runs.save(run.with(model.label(), ended));
        metrics.ended(model, result);
        log.atInfo()
                .addKeyValue("pipeline", model.view().name())
                .addKeyValue("feature", model.view().target().name())
                .addKeyValue("model", model.outcome().kind())
                .addKeyValue("version", model.version())
                .addKeyValue("champion", model.champion())
                .addKeyValue("result", result)
                .addKeyValue("gridTimes", gridTimes)
                .addKeyValue("reason", reason)
                .log("probation ended");
    }

    /// The last promoted model of each kind, unless its probation has ended.
    private static List<OnProbation> onProbation(Pipeline view, List<RunRecord> records) {
        return records.stream()
                .filter(RunRecord::closed)
                .flatMap(run -> run.outcomes().stream()
                        .filter(outcome ->
                                outcome.feature().equals(view.target().name()))
                        .filter(Published.class::isInstance)
                        .map(outcome -> new Promotion(run, (Published) outcome)))
                .collect(Collectors.toMap(
                        promotion -> promotion.outcome().kind(), promotion -> promotion, Promotion::later))
                .values()
                .stream()
                .map(promotion -> promotion.onProbation(view))
                .flatMap(Optional::stream)
                .toList();
    }

    /// A promotion and its run.
    private record Promotion(RunRecord run, Published outcome) {

        private static Promotion later(Promotion one, Promotion other) {
            Comparator<Promotion> byTime = Comparator.comparing(promotion -> ((Outcome) promotion.outcome).endedAt());
            return byTime.compare(one, other) >= 0 ? one : other;
        }

        private Optional<OnProbation> onProbation(Pipeline view) {
            String champion = outcome.candidate().champion();
            if (champion == null
                    || run.data(outcome.feature()).isEmpty()
                    || run.probation().containsKey(run.label(outcome))) {
                return Optional.empty();
            }
            return Optional.of(new OnProbation(view, run, outcome, champion, 0));
        }
    }
}
