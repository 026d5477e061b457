package io.aerocast.training.judge;

import io.aerocast.training.dataset.Quality;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.IntervalScore;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The checks of the promotion gate that compare a measurement with a limit; the table of [Judge] lists them.
final class PromotionChecks {

    /// Upper 5 % quantile of the normal distribution: deviations of a coverage below it are explained by chance.
    private static final double CHANCE = 1.645;

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

    Finding champion(Scores scores, Against against) {
        double champion = scores.championRmse().orElseThrow();
        return Finding.of(
                "champion",
                scores.rmse() < champion,
                "rmse %.4g, champion %s %.4g",
                scores.rmse(),
                against.version(),
                champion);
    }

    Finding significance(Against against, Look look) {
        return switch (look) {
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

    Finding persistence(Scores scores) {
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

    /// Checks the horizon whose coverage deviates most from the nominal one.
    ///
    /// @param calibrated number of samples that calibrated the intervals
    Finding coverage(Scores scores, int calibrated) {
        List<IntervalScore> intervals = scores.intervals();
        List<Integer> horizons =
                scores.candidate().stream().map(Accuracy::horizon).toList();
        int worst = IntStream.range(0, intervals.size())
                .boxed()
                .max(Comparator.comparingDouble(h -> excess(intervals.get(h), horizons.get(h), calibrated)))
                .orElseThrow();
        IntervalScore interval = intervals.get(worst);
        double allowed = allowed(interval, horizons.get(worst), calibrated);
        return Finding.of(
                "coverage",
                excess(interval, horizons.get(worst), calibrated) <= 0,
                "coverage %.3f at horizon %d, allowed %.3f to %.3f",
                interval.coverage(),
                horizons.get(worst),
                Math.max(0, interval.nominal() - allowed),
                Math.min(1, interval.nominal() + allowed));
    }

    private double excess(IntervalScore interval, int horizon, int calibrated) {
        double off = Math.abs(interval.coverage() - interval.nominal());
        return Double.isNaN(off) ? Double.NEGATIVE_INFINITY : off - allowed(interval, horizon, calibrated);
    }

    /// The tolerance, and the deviation that chance explains: both the calibration and the test have few samples,
    /// and of the overlapping ones h steps ahead about one in h counts.
    private double allowed(IntervalScore interval, int horizon, int calibrated) {
        double variance = interval.nominal() * (1 - interval.nominal());
        double calibrating = Math.max(1.0, (double) calibrated / horizon);
        double testing = Math.max(1.0, (double) interval.count() / horizon);
        return settings.coverageTolerance() + CHANCE * Math.sqrt(variance / calibrating + variance / testing);
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
