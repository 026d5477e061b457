package io.aerocast.training.judge;

import io.aerocast.forecast.Predictor;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.Symptom;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import io.aerocast.training.score.PairedLosses;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The promotion gate: it measures a candidate on data that neither its fit nor its early stopping used, and
/// decides. A candidate is promoted only if every check passes:
///
/// | check | passes if |
/// |---|---|
/// | `data` | few recent readings are suspect, and no single feature moved to a new level |
/// | `count` | enough targets were observed that neither model was fitted on |
/// | `champion` | its error over all horizons is below the champion's, and no third of them is worse beyond chance |
/// | `significance` | that is not explained by chance: see [Look] |
/// | `persistence` | persistence is not better beyond chance, over all horizons or a third of them |
/// | one per [Symptom] | its forecasts carry information: see [FlatOutputCheck] |
/// | `coverage` | its intervals cover about as many observations as they were made for, over all horizons |
/// | `calm` | it still forecasts the calm from before the change |
///
/// Candidate and champion are compared by one statistic over all horizons and stations of the target, see
/// [io.aerocast.training.score.PairedLosses].
///
/// Suspect readings are left out everywhere. Candidate and champion are compared on data that is new to both:
/// origins up to the end of the champion's training data are left out. Each model forecasts each part of the
/// data once.
public final class Judge {

    private final GateSettings settings;
    private final FlatOutputCheck flatOutput;
    private final PromotionChecks checks;

    public Judge(GateSettings settings, FlatOutputCheck flatOutput) {
        this.settings = settings;
        this.flatOutput = flatOutput;
        this.checks = new PromotionChecks(settings);
    }

    /// Refuses recent data that are too suspect to learn from: a model must not learn the faults of a sensor.
    ///
    /// @return why a candidate fitted on such data is held, however good it is
    public Optional<Held> veto(Quality quality) {
        return Optional.of(checks.data(quality))
                .filter(finding -> !finding.passed())
                .map(finding -> new Held(null, List.of(finding)));
    }

    /// Decides on a candidate.
    ///
    /// @param candidate forecasts the horizons of the hold-out's pipeline
    /// @param champion the model that it would replace, or `null` if there is none. One that cannot forecast
    ///     these windows does not count; the findings report it
    /// @throws IllegalArgumentException if the candidate cannot forecast these windows
    public Verdict judge(Predictor candidate, @Nullable Predictor champion, Evidence evidence) {
        Optional<Held> veto = veto(evidence.quality());
        if (veto.isPresent()) {
            return veto.get();
        }
        Optional<Dataset> holdOut = clean(evidence.holdOut());
        int origins =
                holdOut.map(data -> Forecasts.persistence(data).origins(0)).orElse(0);
        if (holdOut.isEmpty() || origins < settings.minimumCount()) {
            return unmeasured(
                    "count",
                    "the hold-out holds %d grid times whose target was observed, at least %d are needed"
                            .formatted(origins, settings.minimumCount()));
        }
        Part part = Part.of(candidate, holdOut.get());
        List<Integer> horizons = evidence.holdOut().pipeline().horizons();
        if (!part.candidate().finite()) {
            return unmeasured(
                    Symptom.NOT_FINITE.check(),
                    "not every forecast at horizons %s is a finite number".formatted(horizons));
        }
        return new Assessment(settings, flatOutput, candidate, evidence, part).against(champion);
    }

    /// Whether a promoted candidate may be replaced by one that was fitted to the hold-out as well: its output is
    /// not flat, and it forecasts what it was fitted to no worse than the one that was judged.
    public boolean sound(Predictor complete, Predictor judged, Dataset holdOut) {
        Dataset data = clean(holdOut).orElse(holdOut);
        Forecasts forecasts = Forecasts.of(complete, data);
        return flatOutput.findings(complete, forecasts).stream().allMatch(Finding::passed)
                && PairedLosses.ratio(
                                forecasts,
                                Forecasts.of(judged, data),
                                Forecasts.persistence(data).squares())
                        <= 1;
    }

    /// The reverse test: whether a serving model is worse than the one that it replaced, on data that is new to
    /// both. The finding `probation` does not pass if it is, beyond chance; too few data pass.
    ///
    /// @param before data from before `data`, for the scale of the errors
    /// @param data observed since the promotion; the more, the surer
    /// @param look [Look#REPEATEDLY] if the test is repeated as data come
    /// @throws IllegalArgumentException if one of the two cannot forecast these windows
    public Finding worse(Predictor serving, Predictor former, Dataset before, Dataset data, Look look) {
        Instant seen = Stream.of(serving, former)
                .map(model -> model.card().trainedTo())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Forecasts mine = Forecasts.of(serving, clean(data).orElse(data)).after(seen);
        if (mine.samples().isEmpty() || mine.origins(0) < settings.minimumCount()) {
            return Finding.of(
                    "probation", true, "fewer than %d grid times since the promotion", settings.minimumCount());
        }
        Forecasts theirs = Forecasts.of(former, clean(data).orElse(data)).after(seen);
        double[] scale = Forecasts.of(former, clean(before).orElse(before)).squares();
        Against against = Assessment.against(former.card().version(), PairedLosses.of(theirs, mine, scale));
        return checks.probation(against, PairedLosses.ratio(mine, theirs, scale), look);
    }

    static Optional<Dataset> clean(Dataset data) {
        try {
            return Optional.of(data.clean());
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // every sample rests on suspect readings
        }
    }

    static Held unmeasured(String check, String reason) {
        return new Held(null, List.of(new Finding(check, false, reason)));
    }
}
