package io.aerocast.standalone.healing;

import io.aerocast.event.Evaluation;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Skill and coverage of the served forecasts over the newest observed values of each target.
public final class ServedScores {

    /// Observed values of a target that count; 30 days of hourly values of one station.
    public static final int NEWEST = 720;

    private final Map<String, Deque<Evaluation>> newest = new LinkedHashMap<>();

    /// The scores at one horizon.
    ///
    /// @param forecasts number of forecasts behind them
    /// @param skill 1 − MSE / MSE of persistence, or `null` where that is unknown or 0
    /// @param coverage share of the observed values within their interval, or `null` where no interval is known
    public record Score(
            int forecasts, @Nullable Double skill, @Nullable Double coverage) {}

    /// Sums over forecasts of one horizon.
    private static final class Sums {

        private int forecasts;
        private double squares;
        private double persistenceSquares;
        private int intervals;
        private int held;

        void add(Evaluation.Pair pair, double actual) {
            if (pair.persistence() == null) {
                return;
            }
            double persistence = actual - Objects.requireNonNull(pair.persistence());
            forecasts++;
            squares += pair.residual(actual) * pair.residual(actual);
            persistenceSquares += persistence * persistence;
            pair.held(actual).ifPresent(within -> {
                intervals++;
                held += within ? 1 : 0;
            });
        }

        Score score() {
            Double skill = persistenceSquares > 0 ? (Double) (1 - squares / persistenceSquares) : null;
            return new Score(forecasts, skill, intervals > 0 ? (Double) ((double) held / intervals) : null);
        }
    }

    /// @param evaluation of a served forecast
    void add(Evaluation evaluation) {
        Deque<Evaluation> of = newest.computeIfAbsent(evaluation.feature(), _ -> new ArrayDeque<>());
        of.add(evaluation);
        if (of.size() > NEWEST) {
            of.removeFirst();
        }
    }

    /// The scores of a target by horizon, ascending.
    public SortedMap<Integer, Score> of(String feature) {
        SortedMap<Integer, Sums> sums = new TreeMap<>();
        for (Evaluation evaluation : newest.getOrDefault(feature, new ArrayDeque<>())) {
            for (Evaluation.Pair pair : evaluation.pairs()) {
                sums.computeIfAbsent(pair.horizon(), _ -> new Sums()).add(pair, evaluation.actual());
            }
        }
        SortedMap<Integer, Score> scores = new TreeMap<>();
        sums.forEach((horizon, sum) -> scores.put(horizon, sum.score()));
        return Collections.unmodifiableSortedMap(scores);
    }
}
