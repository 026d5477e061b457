package io.aerocast.training.judge;

import io.aerocast.forecast.Predictor;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.Symptom;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import io.aerocast.training.score.IntervalScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The promotion gate. It measures a candidate on data that neither its fit nor its early stopping saw, and decides. A
/// candidate is promoted only if every check passes:
///
/// | check | |
/// |---|---|
/// | `data` | few recent readings are suspect, and no feature moved to a new level alone |
/// | `count` | enough came true that neither model was fitted on |
/// | `champion` | its error at the first horizon is below the champion's |
/// | `significance` | beyond chance: see [Look] |
/// | `persistence` | it has skill against persistence at every horizon |
/// | one per [Symptom] | its forecasts say something: see [FlatOutputCheck] |
/// | `coverage` | its intervals hold about as many truths as they promise |
/// | `calm` | it has not forgotten the calm from before the change |
///
/// Suspect readings count nowhere. Candidate and champion are compared on what neither has seen: origins up to the end
/// of the champion's own training data are left out.
public final class Judge {

    /// The upper 5 % of the normal distribution: what chance explains of a coverage.
    private static final double CHANCE = 1.645;

    private final GateSettings settings;
    private final FlatOutputCheck flatOutput;

    public Judge(GateSettings settings, FlatOutputCheck flatOutput) {
        this.settings = settings;
        this.flatOutput = flatOutput;
    }

    /// Whether recent data are too suspect to learn from at all: faults of a sensor are not to be learnt.
    ///
    /// @return why a candidate of such data is held, whatever it can do
    public Optional<Held> veto(Quality quality) {
        return Optional.of(data(quality))
                .filter(finding -> !finding.passed())
                .map(finding -> new Held(null, List.of(finding)));
    }

    /// Decides on a candidate.
    ///
    /// @param candidate forecasts the horizons of the hold-out's pipeline
    /// @param champion the model that it would replace, or `null` if there is none. One that cannot forecast these
    ///     windows is no champion; the findings say so
    /// @throws IllegalArgumentException if the candidate cannot forecast these windows
    public Verdict judge(Predictor candidate, @Nullable Predictor champion, Evidence evidence) {
        Optional<Held> veto = veto(evidence.quality());
        if (veto.isPresent()) {
            return veto.get();
        }
        Optional<Dataset> clean = clean(evidence.holdOut());
        int origins = clean.map(data -> Forecasts.persistence(data).origins(0)).orElse(0);
        if (clean.isEmpty() || origins < settings.minimumCount()) {
            return unmeasured(
                    "count",
                    "the hold-out holds %d grid times whose target came true, at least %d are needed"
                            .formatted(origins, settings.minimumCount()));
        }
        Forecasts forecasts = Forecasts.of(candidate, clean.get());
        List<Integer> horizons = evidence.holdOut().pipeline().horizons();
        if (!IntStream.range(0, horizons.size()).allMatch(forecasts::finiteAt)) {
            return unmeasured(
                    name(Symptom.NOT_FINITE),
                    "not every forecast at horizons %s is a finite number".formatted(horizons));
        }
        return new Trial(candidate, evidence, clean.get(), forecasts).against(champion);
    }

    /// One judgement in progress.
    private final class Trial {

        private final Predictor candidate;
        private final Evidence evidence;
        private final Dataset holdOut;
        private final Forecasts forecasts;
        private final Forecasts persistence;
        private final Optional<Dataset> calm;

        private Trial(Predictor candidate, Evidence evidence, Dataset holdOut, Forecasts forecasts) {
            this.candidate = candidate;
            this.evidence = evidence;
            this.holdOut = holdOut;
            this.forecasts = forecasts;
            this.persistence = Forecasts.persistence(holdOut);
            this.calm = evidence.calm() == null ? Optional.empty() : clean(evidence.calm());
        }

        private Verdict against(@Nullable Predictor champion) {
            if (champion == null) {
                return alone("there is no champion");
            }
            String version = champion.card().version();
            Forecasts rival;
            Forecasts before;
            try {
                rival = Forecasts.of(champion, holdOut);
                before = Forecasts.of(champion, clean(evidence.validation()).orElse(evidence.validation()));
            } catch (IllegalArgumentException e) {
                return alone("champion %s cannot forecast this: %s".formatted(version, e.getMessage()));
            }
            if (!rival.finiteAt(0) || !before.finiteAt(0)) {
                return alone("champion %s forecasts values that are not finite".formatted(version));
            }
            Instant seen = champion.card().trainedTo();
            int unseen = rival.after(seen).origins(0);
            if (unseen < settings.minimumCount()) {
                return unmeasured(
                        "count",
                        "the hold-out holds %d grid times whose target came true after %s, until which champion %s was fitted, at least %d are needed"
                                .formatted(unseen, seen, version, settings.minimumCount()));
            }
            double square = before.accuracies().getFirst().rmse();
            return compare(champion, rival.after(seen), 2 * square * square);
        }

        /// @param scale of the e-value, from data before the hold-out
        private Verdict compare(Predictor champion, Forecasts rival, double scale) {
            Instant seen = champion.card().trainedTo();
            Forecasts mine = forecasts.after(seen);
            double[] differences = rival.lossesAbove(mine);
            int horizon = holdOut.pipeline().horizons().getFirst();
            Against against = new Against(
                    champion.card().version(),
                    DieboldMariano.test(differences, horizon),
                    EValue.of(differences, horizon, scale > 0 ? scale : 1));
            Scores scores = scores(mine, rival.accuracies(), persistence.after(seen), against, compareOnCalm(champion));
            double champions = rival.accuracies().getFirst().rmse();
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.of(
                    "champion",
                    scores.rmse() < champions,
                    "rmse %.4g, champion %s %.4g",
                    scores.rmse(),
                    against.version(),
                    champions));
            findings.add(significance(against));
            return decide(scores, findings);
        }

        private Verdict alone(String why) {
            Scores scores = scores(forecasts, List.of(), persistence, null, null);
            return decide(scores, List.of(new Finding("champion", true, why)));
        }

        private Scores scores(
                Forecasts mine,
                List<Accuracy> champion,
                Forecasts latest,
                @Nullable Against against,
                @Nullable CalmComparison comparison) {
            return new Scores(
                    mine.accuracies(),
                    champion,
                    latest.accuracies(),
                    forecasts.intervals(candidate.card().coverage()),
                    skills(),
                    against,
                    calmScore(comparison),
                    forecasts.varianceRatio(),
                    evidence.quality().suspectShare());
        }

        /// On all that the candidate was not fitted on: a few days alone say little of a day ahead.
        private List<Skill> skills() {
            Forecasts all = calm.map(data -> forecasts.and(Forecasts.of(candidate, data)))
                    .orElse(forecasts);
            Forecasts latest = calm.map(data -> persistence.and(Forecasts.persistence(data)))
                    .orElse(persistence);
            List<Accuracy> mine = all.accuracies();
            List<Accuracy> theirs = latest.accuracies();
            return IntStream.range(0, mine.size())
                    .mapToObj(h -> new Skill(
                            mine.get(h).horizon(), all.origins(h), mine.get(h).skill(theirs.get(h))))
                    .toList();
        }

        private @Nullable CalmScore calmScore(@Nullable CalmComparison comparison) {
            return calm.map(data ->
                            CalmScore.of(Forecasts.of(candidate, data), Forecasts.persistence(data), comparison))
                    .orElse(null);
        }

        /// On what the champion does not know by heart.
        ///
        /// @return `null` if that is too little, or the champion cannot forecast it
        private @Nullable CalmComparison compareOnCalm(Predictor champion) {
            if (calm.isEmpty()) {
                return null;
            }
            Instant seen = champion.card().trainedTo();
            Forecasts rival = Forecasts.of(champion, calm.get()).after(seen);
            boolean whole =
                    IntStream.range(0, holdOut.pipeline().horizons().size()).allMatch(rival::finiteAt);
            if (!whole || rival.origins(0) < settings.minimumCount()) {
                return null;
            }
            return CalmComparison.of(
                            Forecasts.of(candidate, calm.get()).after(seen),
                            rival,
                            Forecasts.persistence(calm.get()).after(seen),
                            settings.calmTolerance())
                    .orElse(null);
        }

        private Finding significance(Against against) {
            return switch (evidence.look()) {
                case ONCE ->
                    Finding.of(
                            "significance",
                            against.test().pValue() < settings.significance(),
                            "p-value of being better than the champion by chance %.3g, allowed below %.3g",
                            against.test().pValue(),
                            settings.significance());
                case REPEATEDLY ->
                    Finding.of(
                            "significance",
                            against.evidence().value() >= 1 / settings.significance(),
                            "e-value of being better than the champion %.3g, needed %.3g",
                            against.evidence().value(),
                            1 / settings.significance());
            };
        }

        private Verdict decide(Scores scores, List<Finding> againstChampion) {
            List<Finding> findings = new ArrayList<>(List.of(data(evidence.quality())));
            findings.addAll(againstChampion);
            findings.add(persistence(scores));
            findings.addAll(symptoms());
            findings.add(coverage(scores.intervals()));
            findings.add(notForgotten(scores.calm()));
            return findings.stream().allMatch(Finding::passed)
                    ? new Promoted(scores, findings)
                    : new Held(scores, findings);
        }

        /// On the hold-out and at the horizons of which enough came true there. Skill has a check of its own.
        private List<Finding> symptoms() {
            int[] measured = IntStream.range(0, holdOut.pipeline().horizons().size())
                    .filter(h -> forecasts.origins(h) >= settings.minimumCount())
                    .toArray();
            return flatOutput.findings(candidate, at(measured)).stream()
                    .filter(found -> found.symptom() != Symptom.NO_SKILL)
                    .map(found -> new Finding(name(found.symptom()), found.passed(), found.text()))
                    .toList();
        }

        /// The hold-out with some of its horizons.
        private Dataset at(int[] indices) {
            Pipeline all = holdOut.pipeline();
            Pipeline some = new Pipeline(
                    all.name(),
                    all.features(),
                    all.cadence(),
                    all.lookback(),
                    Arrays.stream(indices).mapToObj(all.horizons()::get).toList(),
                    all.seasons());
            return Dataset.of(
                    some,
                    holdOut.samples().stream()
                            .map(sample -> new Sample(
                                    sample.lookback(),
                                    Arrays.stream(indices)
                                            .mapToDouble(h -> sample.targets()[h])
                                            .toArray()))
                            .toList());
        }

        private Finding coverage(List<IntervalScore> intervals) {
            List<Integer> horizons = holdOut.pipeline().horizons();
            int worst = IntStream.range(0, intervals.size())
                    .boxed()
                    .max(Comparator.comparingDouble(h -> excess(intervals.get(h), horizons.get(h))))
                    .orElseThrow();
            IntervalScore interval = intervals.get(worst);
            return Finding.of(
                    "coverage",
                    excess(interval, horizons.get(worst)) <= 0,
                    "coverage %.3f at horizon %d, allowed %.3f to %.3f",
                    interval.coverage(),
                    horizons.get(worst),
                    Math.max(0, interval.nominal() - allowed(interval, horizons.get(worst))),
                    Math.min(1, interval.nominal() + allowed(interval, horizons.get(worst))));
        }

        private double excess(IntervalScore interval, int horizon) {
            double off = Math.abs(interval.coverage() - interval.nominal());
            return Double.isNaN(off) ? Double.NEGATIVE_INFINITY : off - allowed(interval, horizon);
        }

        /// The tolerance and what chance explains: neither the truths that calibrated the intervals nor those that test
        /// them are many, and of those h steps ahead that overlap about one in h counts.
        private double allowed(IntervalScore interval, int horizon) {
            double variance = interval.nominal() * (1 - interval.nominal());
            double calibrated = Math.max(1.0, (double) evidence.validation().size() / horizon);
            double tested = Math.max(1.0, (double) interval.count() / horizon);
            return settings.coverageTolerance() + CHANCE * Math.sqrt(variance / calibrated + variance / tested);
        }
    }

    private Finding data(Quality quality) {
        if (!quality.movedAlone().isEmpty()) {
            return Finding.of(
                    "data",
                    false,
                    "%s moved to a new level while everything else stayed, as a shifted sensor does",
                    String.join(", ", quality.movedAlone()));
        }
        return Finding.of(
                "data",
                quality.suspectShare() <= settings.maximumSuspectShare(),
                "%.1f %% of the recent readings of one feature are suspect, allowed %.1f %%",
                100 * quality.suspectShare(),
                100 * settings.maximumSuspectShare());
    }

    private Finding persistence(Scores scores) {
        Skill worst = scores.skills().stream()
                .filter(skill -> skill.origins() >= settings.minimumCount())
                .min(Comparator.comparingDouble(Skill::skill))
                .orElse(scores.skills().getFirst());
        if (scores.rmse() >= scores.persistenceRmse()) {
            return Finding.of(
                    "persistence", false, "rmse %.4g, persistence %.4g", scores.rmse(), scores.persistenceRmse());
        }
        return Finding.of(
                "persistence",
                worst.skill() > 0,
                "rmse %.4g, persistence %.4g; smallest skill %.3f, at horizon %d",
                scores.rmse(),
                scores.persistenceRmse(),
                worst.skill(),
                worst.horizon());
    }

    /// Against the champion; where it gives no measure, against persistence.
    private Finding notForgotten(@Nullable CalmScore calm) {
        int origins = calm == null ? 0 : calm.origins();
        if (calm == null || origins < settings.minimumCount()) {
            return Finding.of(
                    "calm",
                    true,
                    "not measured: %d grid times from before a change are set aside, at least %d are needed",
                    origins,
                    settings.minimumCount());
        }
        CalmComparison against = calm.against();
        if (against == null) {
            return Finding.of(
                    "calm",
                    calm.skill() > 0,
                    "skill on the calm before the change %.3f; fewer than %d days of it are new to a champion",
                    calm.skill(),
                    CalmComparison.MINIMUM_DAYS);
        }
        return Finding.of(
                "calm",
                against.forgotten().pValue() >= settings.significance(),
                "error on the calm before the change %.3f of the champion's (p-value of exceeding %.2f by chance %.3g, allowed from %.3g)",
                against.ratio(),
                1 + settings.calmTolerance(),
                against.forgotten().pValue(),
                settings.significance());
    }

    private static String name(Symptom symptom) {
        return symptom.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Dataset> clean(Dataset data) {
        try {
            return Optional.of(data.clean());
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // nothing but suspect readings
        }
    }

    private static Held unmeasured(String check, String reason) {
        return new Held(null, List.of(new Finding(check, false, reason)));
    }
}
