package io.aerocast.training.judge;

import io.aerocast.forecast.Predictor;
import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.check.Symptom;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Forecasts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The promotion gate: it measures a candidate on data that neither its fit nor its early stopping used, and
/// decides. A candidate is promoted only if every check passes:
///
/// | check | passes if |
/// |---|---|
/// | `data` | few recent readings are suspect, and no single feature moved to a new level |
/// | `count` | enough targets were observed that neither model was fitted on |
/// | `champion` | its error at the first horizon is below the champion's |
/// | `significance` | that is not explained by chance: see [Look] |
/// | `persistence` | it has skill against persistence at every horizon |
/// | one per [Symptom] | its forecasts carry information: see [FlatOutputCheck] |
/// | `coverage` | its intervals cover about as many observations as they were made for |
/// | `calm` | it still forecasts the calm from before the change |
///
/// Suspect readings are left out everywhere. Candidate and champion are compared on data that is new to both:
/// origins up to the end of the champion's training data are left out. Each model forecasts each part of the data
/// once.
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
    /// @param champion the model that it would replace, or `null` if there is none. One that cannot forecast these
    ///     windows does not count; the findings report it
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
        if (!IntStream.range(0, horizons.size()).allMatch(part.candidate()::finiteAt)) {
            return unmeasured(
                    Symptom.NOT_FINITE.check(),
                    "not every forecast at horizons %s is a finite number".formatted(horizons));
        }
        return new Assessment(settings, flatOutput, candidate, evidence, part).against(champion);
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
