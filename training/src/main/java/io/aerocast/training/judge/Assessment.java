package io.aerocast.training.judge;

import io.aerocast.forecast.Predictor;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.Symptom;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
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
            before = Forecasts.of(champion, Judge.clean(evidence.validation()).orElse(evidence.validation()));
        } catch (IllegalArgumentException e) {
            return alone("champion %s cannot forecast this: %s".formatted(version, e.getMessage()));
        }
        if (!rival.finiteAt(0) || !before.finiteAt(0)) {
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
        double rmse = before.accuracies().getFirst().rmse();
        return compare(champion, rival.after(seen), 2 * rmse * rmse);
    }

    /// @param rival the champion's forecasts of the hold-out that is new to it
    /// @param scale of the e-value, from data before the hold-out
    private Verdict compare(Predictor champion, Forecasts rival, double scale) {
        Instant seen = champion.card().trainedTo();
        Forecasts mine = holdOut.candidate().after(seen);
        double[] differences = rival.lossesAbove(mine);
        int horizon = rival.pipeline().horizons().getFirst();
        Against against = new Against(
                champion.card().version(),
                DieboldMariano.test(differences, horizon),
                EValue.of(differences, horizon, scale > 0 ? scale : 1));
        Scores scores =
                scores(mine, rival.accuracies(), holdOut.persistence().after(seen), against, compareOnCalm(champion));
        return decide(scores, checks.champion(scores, against), checks.significance(against, evidence.look()));
    }

    private Verdict alone(String why) {
        Scores scores = scores(holdOut.candidate(), List.of(), holdOut.persistence(), null, null);
        return decide(scores, new Finding("champion", true, why));
    }

    private Scores scores(
            Forecasts mine,
            List<Accuracy> champion,
            Forecasts persistence,
            @Nullable Against against,
            @Nullable CalmComparison comparison) {
        return new Scores(
                mine.accuracies(),
                champion,
                persistence.accuracies(),
                holdOut.candidate().intervals(candidate.card().coverage()),
                skills(),
                against,
                calm.map(part -> CalmScore.of(part.candidate(), part.persistence(), comparison))
                        .orElse(null),
                holdOut.candidate().varianceRatio(),
                evidence.quality().suspectShare());
    }

    /// Skills on all data that the candidate was not fitted on: a few days alone are too little for a forecast a
    /// day ahead.
    private List<Skill> skills() {
        Forecasts mine =
                calm.map(part -> holdOut.candidate().and(part.candidate())).orElse(holdOut.candidate());
        Forecasts latest =
                calm.map(part -> holdOut.persistence().and(part.persistence())).orElse(holdOut.persistence());
        List<Accuracy> accuracies = mine.accuracies();
        List<Accuracy> reference = latest.accuracies();
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
        boolean finite = IntStream.range(0, rival.pipeline().horizons().size()).allMatch(rival::finiteAt);
        if (!finite || rival.origins(0) < settings.minimumCount()) {
            return Optional.empty();
        }
        return CalmComparison.of(
                calm.candidate().after(seen), rival, calm.persistence().after(seen), settings.calmTolerance());
    }

    private Verdict decide(Scores scores, Finding... againstChampion) {
        List<Finding> findings = new ArrayList<>(List.of(checks.data(evidence.quality())));
        findings.addAll(List.of(againstChampion));
        findings.add(checks.persistence(scores));
        findings.addAll(symptoms());
        findings.add(checks.coverage(scores, evidence.validation().size()));
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
