package io.aerocast.trainer.judge;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.judge.Verdict.Held;
import io.aerocast.trainer.judge.Verdict.Promoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Measures a candidate on data that neither its fit nor its early stopping saw, and decides. It is promoted only if,
/// at the first horizon, its squared error is smaller than the champion's beyond chance (see [DieboldMariano]) and
/// smaller than that of persistence, and if its forecasts are finite, differ from window to window, and vary about
/// as much as what came true.
///
/// Both are compared on what neither has seen: origins up to the end of the champion's own training data are left out.
public final class Judge {

    private final JudgeProperties settings;

    public Judge(JudgeProperties settings) {
        this.settings = settings;
    }

    /// Decides on a candidate.
    ///
    /// @param candidate forecasts the horizons of the hold-out's pipeline
    /// @param champion the model that it would replace, or `null` if there is none. One that cannot forecast these
    ///     windows is no champion; the reasons say so
    /// @param holdOut later than everything that was fitted
    /// @throws IllegalArgumentException if the candidate cannot forecast these windows
    public Verdict judge(ForecastModel candidate, @Nullable ForecastModel champion, Dataset holdOut) {
        Forecasts persistence = Forecasts.persistence(holdOut);
        if (persistence.origins() < settings.minimumCount()) {
            return unmeasured("the hold-out holds %d grid times whose target came true, at least %d are needed"
                    .formatted(persistence.origins(), settings.minimumCount()));
        }
        Forecasts forecasts = Forecasts.of(candidate, holdOut);
        List<Integer> horizons = holdOut.pipeline().horizons();
        if (!IntStream.range(0, horizons.size()).allMatch(forecasts::finiteAt)) {
            return unmeasured("not every forecast at horizons %s is a finite number".formatted(horizons));
        }
        return champion == null
                ? againstPersistence(forecasts, persistence, "there is no champion")
                : againstBoth(forecasts, champion, persistence, holdOut);
    }

    private Verdict againstBoth(Forecasts forecasts, ForecastModel champion, Forecasts persistence, Dataset holdOut) {
        String version = champion.card().version();
        Forecasts rival;
        try {
            rival = Forecasts.of(champion, holdOut);
        } catch (IllegalArgumentException e) {
            return againstPersistence(
                    forecasts, persistence, "champion %s cannot forecast this: %s".formatted(version, e.getMessage()));
        }
        if (!rival.finiteAt(0)) {
            return againstPersistence(
                    forecasts, persistence, "champion %s forecasts values that are not finite".formatted(version));
        }
        Instant seen = champion.card().trainedTo();
        int unseen = rival.after(seen).origins();
        if (unseen < settings.minimumCount()) {
            return unmeasured(
                    "the hold-out holds %d grid times whose target came true after %s, until which champion %s was fitted, at least %d are needed"
                            .formatted(unseen, seen, version, settings.minimumCount()));
        }
        return compare(forecasts.after(seen), rival.after(seen), version, persistence.after(seen));
    }

    private Verdict compare(Forecasts forecasts, Forecasts rival, String version, Forecasts persistence) {
        DieboldMariano test = DieboldMariano.test(
                rival.lossesAbove(forecasts), forecasts.pipeline().horizons().getFirst());
        Scores scores = new Scores(
                forecasts.accuracies(),
                rival.accuracies(),
                persistence.accuracies(),
                version,
                test,
                forecasts.varianceRatio(),
                forecasts.coverage());
        double champions = rival.accuracies().getFirst().rmse();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of(
                scores.rmse() < champions, "rmse %.4g, champion %s %.4g", scores.rmse(), version, champions));
        findings.add(Finding.of(
                test.pValue() < settings.significance(),
                "p-value of being better than the champion by chance %.3g, allowed below %.3g",
                test.pValue(),
                settings.significance()));
        return decide(scores, findings);
    }

    private Verdict againstPersistence(Forecasts forecasts, Forecasts persistence, String whyAlone) {
        Scores scores = new Scores(
                forecasts.accuracies(),
                List.of(),
                persistence.accuracies(),
                null,
                null,
                forecasts.varianceRatio(),
                forecasts.coverage());
        return decide(scores, List.of(new Finding(true, whyAlone)));
    }

    private Verdict decide(Scores scores, List<Finding> againstChampion) {
        List<Finding> findings = new ArrayList<>(againstChampion);
        findings.add(Finding.of(
                scores.rmse() < scores.persistenceRmse(),
                "rmse %.4g, persistence %.4g",
                scores.rmse(),
                scores.persistenceRmse()));
        double ratio = scores.varianceRatio();
        findings.add(Finding.of(
                ratio > 0 && ratio >= settings.minimumVarianceRatio() && ratio <= settings.maximumVarianceRatio(),
                "variance of the forecasts over that of what came true %.3g, allowed %.3g to %.3g",
                ratio,
                settings.minimumVarianceRatio(),
                settings.maximumVarianceRatio()));
        List<String> failed = findings.stream()
                .filter(finding -> !finding.passed())
                .map(Finding::text)
                .toList();
        return failed.isEmpty()
                ? new Promoted(scores, findings.stream().map(Finding::text).toList())
                : new Held(scores, failed);
    }

    private static Verdict unmeasured(String reason) {
        return new Held(null, List.of(reason));
    }
}
