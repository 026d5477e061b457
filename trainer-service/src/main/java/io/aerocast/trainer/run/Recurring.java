package io.aerocast.trainer.run;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.UnreadableModelException;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.record.Candidate;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.judge.Evidence;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.Forecasts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recurring drift: weather that was here before may be forecast by the model of that time. Of the earlier
/// champions the one with the smallest error on the validation data is judged like a new candidate. Only one
/// is: the chance that the gate lets an equal model pass does not grow with the number of champions.
final class Recurring {

    private static final Logger log = LoggerFactory.getLogger(Recurring.class);

    private final Judge judge;
    private final RunRecords runs;
    private final ModelRelease release;
    private final RecurringProperties properties;
    private final InstantSource clock;

    Recurring(Judge judge, RunRecords runs, ModelRelease release, RecurringProperties properties, InstantSource clock) {
        this.judge = judge;
        this.runs = runs;
        this.release = release;
        this.properties = properties;
        this.clock = clock;
    }

    /// An earlier champion.
    ///
    /// @param run id of the run that fitted it
    private record Earlier(String run, Candidate candidate, ForecastModel model) {}

    /// Tries the earlier champions of a model.
    ///
    /// @param champion the model that serves
    /// @return the proven one, or empty if there is none
    /// @throws IOException if the records or an artifact cannot be read
    Optional<Judged> candidate(RunRecord run, Pipeline view, String kind, ForecastModel champion, Split.Parts parts)
            throws IOException {
        Optional<Earlier> best = best(earlier(view, kind, champion), champion, parts.validation());
        return best.isEmpty() ? Optional.empty() : judged(run, view, best.get(), champion, parts);
    }

    private Optional<Judged> judged(
            RunRecord run, Pipeline view, Earlier earlier, ForecastModel champion, Split.Parts parts) {
        Instant begin = clock.instant();
        Verdict verdict = judge.judge(earlier.model(), champion, Evidence.of(parts, Candidates.look(run.signal())));
        boolean proven = verdict instanceof Verdict.Promoted;
        log.atInfo()
                .addKeyValue("pipeline", view.name())
                .addKeyValue("feature", view.target().name())
                .addKeyValue("model", earlier.model().card().model())
                .addKeyValue("version", earlier.candidate().version())
                .addKeyValue("verdict", verdict.label())
                .addKeyValue("reason", String.join("; ", verdict.reasons()))
                .log("earlier champion tried");
        Duration took = Duration.between(begin, clock.instant());
        return Optional.of(verdict)
                .filter(_ -> proven)
                .map(promoted -> Outcome.of(
                        view.target().name(),
                        earlier.model().card().model(),
                        Candidate.recurring(earlier.candidate(), earlier.run(), champion, begin, took),
                        promoted));
    }

    /// The earlier champions that can serve, newest first.
    private List<Earlier> earlier(Pipeline view, String kind, ForecastModel champion) throws IOException {
        List<RunRecord> newestFirst = runs.all().stream()
                .filter(run -> run.signal().pipeline().equals(view.name()))
                .sorted(Comparator.comparing(RunRecord::startedAt).reversed())
                .toList();
        Set<String> barred = barred(newestFirst, view, kind);
        barred.add(champion.card().version());
        List<Earlier> found = new ArrayList<>();
        for (RunRecord run : newestFirst) {
            Optional<Candidate> published = run.outcome(run.label(view.target().name(), kind))
                    .filter(Published.class::isInstance)
                    .map(outcome -> ((Published) outcome).candidate())
                    .filter(candidate -> !candidate.recurs() && !barred.contains(candidate.version()));
            if (published.isPresent() && found.size() < properties.champions()) {
                model(published.get(), view)
                        .map(model -> new Earlier(run.id(), published.get(), model))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /// The versions that failed their probation.
    private static Set<String> barred(List<RunRecord> all, Pipeline view, String kind) {
        Set<String> versions = new HashSet<>();
        for (RunRecord run : all) {
            String label = run.label(view.target().name(), kind);
            if (run.barred(label) && run.outcome(label).orElse(null) instanceof Judged judged) {
                versions.add(judged.candidate().version());
            }
        }
        return versions;
    }

    /// Empty if the artifact is gone, or does not fit the pipeline any more.
    private Optional<ForecastModel> model(Candidate candidate, Pipeline view) {
        try {
            return Optional.of(ModelArtifact.read(release.read(candidate.artifact())))
                    .filter(model -> model.card().misfit(view).isEmpty());
        } catch (IOException | UnreadableModelException e) {
            log.atWarn()
                    .addKeyValue("version", candidate.version())
                    .addKeyValue("cause", e.toString())
                    .log("earlier champion cannot be read, it is not tried");
            return Optional.empty();
        }
    }

    /// The one with the smallest error over all horizons, if that is smaller than the champion's.
    private static Optional<Earlier> best(List<Earlier> earlier, ForecastModel champion, Dataset validation) {
        return earlier.stream()
                .filter(one -> relativeError(one.model(), champion, validation) < 1)
                .min(Comparator.comparingDouble(one -> relativeError(one.model(), champion, validation)));
    }

    /// Mean over the horizons of the error over the champion's.
    private static double relativeError(ForecastModel model, ForecastModel champion, Dataset data) {
        List<Accuracy> errors = Forecasts.of(model, data).accuracies();
        List<Accuracy> rival = Forecasts.of(champion, data).accuracies();
        return IntStream.range(0, Math.min(errors.size(), rival.size()))
                .mapToDouble(h -> errors.get(h).rmse() / rival.get(h).rmse())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
