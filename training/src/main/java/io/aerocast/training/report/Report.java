package io.aerocast.training.report;

import io.aerocast.forecast.ModelCard;
import io.aerocast.training.check.TrainingDataCheck;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.score.Accuracy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A training as text.
public final class Report {

    private Report() {}

    public static String of(Fitted fitted, Split.Parts parts, Verdict verdict) {
        ModelCard card = fitted.model().card();
        StringBuilder text = new StringBuilder();
        add(text, "%s %s of pipeline %s: %s", card.model(), card.version(), card.pipeline(), verdict.label());
        add(
                text,
                "  fitted    %s, %d passes in %.1f s",
                part(parts.train()),
                fitted.epochs().size(),
                fitted.duration().toMillis() / 1000.0);
        add(text, "  validated %s", part(parts.validation()));
        add(text, "  judged    %s", part(parts.holdOut()));
        TrainingDataCheck.silentFeatures(parts.train()).forEach(silent -> add(text, "  beware    %s", silent));
        Scores scores = verdict.scores();
        if (scores != null) {
            add(text, "  %-7s %6s %10s %12s %10s", "horizon", "count", "rmse", "persistence", "champion");
            for (Accuracy accuracy : scores.candidate()) {
                add(
                        text,
                        "  %7d %6d %10.4f %12s %10s",
                        accuracy.horizon(),
                        accuracy.count(),
                        accuracy.rmse(),
                        rmse(scores.persistence(), accuracy.horizon()),
                        rmse(scores.champion(), accuracy.horizon()));
            }
        }
        verdict.findings()
                .forEach(finding ->
                        add(text, "  %s %-12s %s", finding.passed() ? "+" : "-", finding.check(), finding.text()));
        return text.toString();
    }

    private static String part(Dataset part) {
        return part.from().equals(Instant.EPOCH) && part.to().equals(Instant.EPOCH)
                ? "%d windows".formatted(part.size())
                : "%d windows, %s to %s".formatted(part.size(), part.from(), part.to());
    }

    private static String rmse(List<Accuracy> accuracies, int horizon) {
        return accuracies.stream()
                .filter(accuracy -> accuracy.horizon() == horizon)
                .findFirst()
                .map(accuracy -> String.format(Locale.ROOT, "%.4f", accuracy.rmse()))
                .orElse("-");
    }

    private static void add(StringBuilder text, String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
