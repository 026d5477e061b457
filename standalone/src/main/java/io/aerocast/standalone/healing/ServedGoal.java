package io.aerocast.standalone.healing;

import io.aerocast.standalone.healing.ServedScores.Score;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The goal of a long replay: a model was promoted, and what is served beats persistence near and far.
public final class ServedGoal {

    private static final List<Integer> HORIZONS = List.of(1, 6, 12, 24);

    private ServedGoal() {}

    /// The horizons of a pipeline that the goal names; for hourly observations, from an hour to a day ahead.
    public static List<Integer> horizons(PipelineRecord seen) {
        return HORIZONS.stream().filter(seen.pipeline().horizons()::contains).toList();
    }

    /// The first condition that is not met, as one sentence; empty if all are.
    public static Optional<String> missing(PipelineRecord seen) {
        if (seen.publications().promotions() == 0) {
            return Optional.of(
                    "no model of %s was promoted".formatted(seen.pipeline().name()));
        }
        return seen.pipeline().targets().stream()
                .flatMap(target -> shortfalls(seen, target))
                .findFirst();
    }

    private static Stream<String> shortfalls(PipelineRecord seen, String target) {
        SortedMap<Integer, Score> scores = seen.scores().of(target);
        return horizons(seen).stream()
                .flatMap(horizon -> shortfall(target, horizon, Optional.ofNullable(scores.get(horizon))).stream());
    }

    private static Optional<String> shortfall(String target, int horizon, Optional<Score> score) {
        Double skill = score.map(Score::skill).orElse(null);
        if (skill != null && skill > 0) {
            return Optional.empty();
        }
        return Optional.of(
                skill == null
                        ? "no forecast of %s %d steps ahead was evaluated".formatted(target, horizon)
                        : String.format(
                                Locale.ROOT,
                                "the skill of %s %d steps ahead is %.3f over the newest %d values; above 0 is needed",
                                target,
                                horizon,
                                skill,
                                score.orElseThrow().forecasts()));
    }
}
