package io.aerocast.training.judge;

import io.aerocast.training.check.FlatOutputCheck;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.Inferiority;
import io.aerocast.training.score.PooledCoverage;
import org.jspecify.annotations.Nullable;

/// The checks of the promotion gate that compare a measurement with a limit; the table of [Judge] lists them.
final class PromotionChecks {

    private final GateSettings settings;

    PromotionChecks(GateSettings settings) {
        this.settings = settings;
    }

    Finding data(Quality quality) {
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

    /// Passes if the error over all horizons is below the champion's, and no third of the horizons pays for it.
    Finding champion(Scores scores, Against against, Inferiority worse) {
        return Finding.of(
                "champion",
                worse.ratio() < 1 && worse.pValue() >= settings.significance(),
                "rmse %.4g, champion %s %.4g; error over all horizons %.3f of the champion's (p-value of being worse at horizons %d to %d by chance %.3g)",
                scores.rmse(),
                against.version(),
                scores.championRmse().orElseThrow(),
                worse.ratio(),
                worse.from(),
                worse.to(),
                worse.pValue());
    }

    Finding significance(Against against, Look look) {
        return switch (look) {
            case Look.Planned(double share) ->
                Finding.of(
                        "significance",
                        proven(against, look),
                        "p-value of being better than the champion by chance %.3g, allowed below %.3g",
                        against.test().pValue(),
                        share * settings.significance());
            case Look.Sequential() ->
                Finding.of(
                        "significance",
                        proven(against, look),
                        "e-value of being better than the champion %.3g, needed %.3g",
                        against.evidence().value(),
                        1 / settings.significance());
        };
    }

    /// @param against the former model as the challenger of the serving one
    /// @param ratio the serving model's error over the former's
    Finding probation(Against against, double ratio, Look look) {
        return Finding.of(
                "probation",
                ratio <= 1 || !proven(against, look),
                "error over all horizons %.3f of that of the former model %s (p-value of its lead by chance %.3g, e-value %.3g)",
                ratio,
                against.version(),
                against.test().pValue(),
                against.evidence().value());
    }

    private boolean proven(Against against, Look look) {
        return switch (look) {
            case Look.Planned(double share) -> against.test().pValue() < share * settings.significance();
            case Look.Sequential() -> against.evidence().value() >= 1 / settings.significance();
        };
    }

    /// Passes unless persistence is better beyond chance. A candidate without a champion to beat, or one that
    /// is judged on much data, must have skill.
    ///
    /// @param alone whether there is no champion to compare with
    Finding persistence(Scores scores, Inferiority worse, boolean alone) {
        boolean decided = alone || worse.origins() >= FlatOutputCheck.LARGE;
        return Finding.of(
                "persistence",
                worse.pValue() >= settings.significance() && (worse.skill() > 0 || !decided),
                "rmse %.4g, persistence %.4g; skill over all horizons %.3f (p-value of being worse at horizons %d to %d by chance %.3g)",
                scores.rmse(),
                scores.persistenceRmse(),
                worse.skill(),
                worse.from(),
                worse.to(),
                worse.pValue());
    }

    Finding coverage(PooledCoverage coverage) {
        double tolerance = settings.coverageTolerance();
        double allowed = coverage.allowed(tolerance);
        return Finding.of(
                "coverage",
                !coverage.off(tolerance),
                "coverage over all horizons %.3f, allowed %.3f to %.3f; %.2f would be found in 80 %% of cases",
                coverage.coverage(),
                Math.max(0, coverage.nominal() - allowed),
                Math.min(1, coverage.nominal() + allowed),
                Math.max(0, coverage.found(tolerance)));
    }

    /// Compares with the champion; with persistence where a comparison with the champion was not possible.
    Finding calm(@Nullable CalmScore calm) {
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
}
