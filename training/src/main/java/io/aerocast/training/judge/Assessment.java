package io.aerocast.training.judge;

import io.aerocast.forecast.Predictor;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.Symptom;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Pooled;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import io.aerocast.training.score.Inferiority;
import io.aerocast.training.score.IntervalScore;
import io.aerocast.training.score.PairedLosses;
import io.aerocast.training.score.PooledCoverage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The measurement of one candidate whose hold-out forecasts are finite.
final class Assessment {

    private final GateSettings settings;
    private final PromotionChecks checks;
    private final FlatOutputCheck flatOutput;
    private final Predictor candidate;
    private final Evidence evidence;
    private final Part holdOut;
    private final Optional<Part> calm;

    /// The data right before the hold-out.
    private final Dataset validation;

    /// On all data that the candidate was not fitted on: a few days alone are little for a forecast a day
    /// ahead.
    private final Forecasts mine;

    private final Forecasts persistence;
    private final Inferiority againstPersistence;
    private final List<IntervalScore> intervals;
    private final PooledCoverage coverage;

    /// @param holdOut the clean part of the evidence's hold-out
    Assessment(
            GateSettings settings, FlatOutputCheck flatOutput, Predictor candidate, Evidence evidence, Part holdOut) {
        this.settings = settings;
        this.checks = new PromotionChecks(settings);
        this.flatOutput = flatOutput;
        this.candidate = candidate;
        this.evidence = evidence;
        this.holdOut = holdOut;
        this.calm = Optional.ofNullable(evidence.calm()).flatMap(Judge::clean).map(data -> Part.of(candidate, data));
        this.validation = Judge.clean(evidence.validation()).orElse(evidence.validation());
        Forecasts latest = Forecasts.persistence(validation);
        this.mine = calm.map(part -> part.candidate().and(holdOut.candidate())).orElse(holdOut.candidate());
        this.persistence =
                calm.map(part -> part.persistence().and(holdOut.persistence())).orElse(holdOut.persistence());
        this.againstPersistence = Inferiority.of(mine, persistence, latest.squares());
        this.intervals = holdOut.candidate().intervals(candidate.card().coverage());
        this.coverage = PooledCoverage.of(intervals, holdOut.candidate(), latest);
    }

    Verdict against(@Nullable Predictor champion) {
        if (champion == null) {
            return alone("there is no champion");
        }
        String version = champion.card().version();
        Forecasts rival;
        Forecasts before;
        try {
            rival = Forecasts.of(champion, holdOut.data());
            before = Forecasts.of(champion, validation);
        } catch (IllegalArgumentException e) {
            return alone("champion %s cannot forecast this: %s".formatted(version, e.getMessage()));
        }
        if (!rival.finite() || !before.finite()) {
            return alone("champion %s forecasts values that are not finite".formatted(version));
        }
        Instant seen = champion.card().trainedTo();
        int unseen = rival.after(seen).origins(0);
        if (unseen < settings.minimumCount()) {
            return Judge.unmeasured(
                    "count",
                    "the hold-out holds %d grid times whose target was observed after %s, until which champion %s was fitted, at least %d are needed"
                            .formatted(unseen, seen, version, settings.minimumCount()));
        }
        return compare(champion, rival.after(seen), before.squares());
    }

    /// @param rival the champion's forecasts of the hold-out that is new to it
    /// @param scale shape [horizons], the champion's mean squared errors before the hold-out
    private Verdict compare(Predictor champion, Forecasts rival, double[] scale) {
        Instant seen = champion.card().trainedTo();
        Forecasts unseen = holdOut.candidate().after(seen);
        Against against = against(champion.card().version(), PairedLosses.of(unseen, rival, scale));
        Inferiority worse = Inferiority.of(unseen, rival, scale);
        Scores scores = scores(
                unseen,
                rival.accuracies(),
                holdOut.persistence().after(seen),
                against,
                compareOnCalm(champion),
                worse.ratio());
        return decide(
                scores,
                checks.persistence(scores, againstPersistence, false),
                checks.champion(scores, against, worse),
                checks.significance(against, evidence.look()));
    }

    static Against against(String version, PairedLosses losses) {
        return new Against(
                version, DieboldMariano.smoothed(losses.pooled()), EValue.of(losses, PairedLosses.EVALUE_SCALE));
    }

    private Verdict alone(String why) {
        Scores scores = scores(holdOut.candidate(), List.of(), holdOut.persistence(), null, null, Double.NaN);
        return decide(scores, checks.persistence(scores, againstPersistence, true), new Finding("champion", true, why));
    }

    private Scores scores(
            Forecasts unseen,
            List<Accuracy> champion,
            Forecasts latest,
            @Nullable Against against,
            @Nullable CalmComparison comparison,
            double ratio) {
        return new Scores(
                unseen.accuracies(),
                champion,
                latest.accuracies(),
                intervals,
                skills(),
                against,
                calm.map(part -> CalmScore.of(part.candidate(), part.persistence(), comparison))
                        .orElse(null),
                holdOut.candidate().varianceRatio(),
                evidence.quality().suspectShare(),
                new Pooled(ratio, againstPersistence.skill(), coverage.coverage()));
    }

    private List<Skill> skills() {
        List<Accuracy> accuracies = mine.accuracies();
        List<Accuracy> reference = persistence.accuracies();
        return IntStream.range(0, accuracies.size())
                .mapToObj(h -> new Skill(
                        accuracies.get(h).horizon(),
                        mine.origins(h),
                        accuracies.get(h).skill(reference.get(h))))
                .toList();
    }

    /// Compares on the part of the calm that the champion was not fitted on.
    ///
    /// @return `null` if that is too little, or the champion's forecasts are not finite
    private @Nullable CalmComparison compareOnCalm(Predictor champion) {
        return calm.flatMap(part -> compareOn(part, champion)).orElse(null);
    }

    private Optional<CalmComparison> compareOn(Part calm, Predictor champion) {
        Instant seen = champion.card().trainedTo();
        Forecasts rival = Forecasts.of(champion, calm.data()).after(seen);
        if (!rival.finite() || rival.origins(0) < settings.minimumCount()) {
            return Optional.empty();
        }
        return CalmComparison.of(
                calm.candidate().after(seen), rival, calm.persistence().after(seen), settings.calmTolerance());
    }

    private Verdict decide(Scores scores, Finding persistence, Finding... againstChampion) {
        List<Finding> findings = new ArrayList<>(List.of(checks.data(evidence.quality())));
        findings.addAll(List.of(againstChampion));
        findings.add(persistence);
        findings.addAll(symptoms());
        findings.add(checks.coverage(coverage));
        findings.add(checks.calm(scores.calm()));
        return findings.stream().allMatch(Finding::passed)
                ? new Promoted(scores, findings)
                : new Held(scores, findings);
    }

    /// Symptoms on the hold-out, at the horizons with enough observed targets. Skill has a check of its own.
    private List<Finding> symptoms() {
        Forecasts forecasts = holdOut.candidate();
        int[] measured = IntStream.range(0, forecasts.pipeline().horizons().size())
                .filter(h -> forecasts.origins(h) >= settings.minimumCount())
                .toArray();
        return flatOutput.findings(candidate, forecasts.at(measured)).stream()
                .filter(finding -> !finding.check().equals(Symptom.NO_SKILL.check()))
                .toList();
    }
}
