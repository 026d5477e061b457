package io.aerocast.standalone.healing;

import io.aerocast.event.Evaluation;
import io.aerocast.forecast.ForecastModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// The errors that one model would have made where another one was evaluated. Reads each model once and computes
/// each error once.
public final class Hindsight {

    private final Function<String, Optional<ForecastModel>> models;
    private final Map<String, ForecastModel> read = new HashMap<>();
    private final Map<String, Map<Evaluation, Double>> residuals = new HashMap<>();

    /// @param models reads the model of a version, if it is known
    public Hindsight(Function<String, Optional<ForecastModel>> models) {
        this.models = models;
    }

    /// Root mean square of a version's errors, in the target's unit.
    ///
    /// @return empty while the model or a lookback is missing: with fewer lookbacks the errors of the two models
    ///     would not be of the same observations
    OptionalDouble rmse(String version, PipelineRecord seen, List<Evaluation> evaluations) {
        Optional<ForecastModel> model = model(version);
        if (model.isEmpty()) {
            return OptionalDouble.empty();
        }
        Map<Evaluation, Double> known = residuals.computeIfAbsent(version, _ -> new HashMap<>());
        for (Evaluation evaluation : evaluations) {
            if (!known.containsKey(evaluation)) {
                residual(model.get(), seen, evaluation).ifPresent(r -> known.put(evaluation, r));
            }
        }
        if (known.size() > evaluations.size()) {
            known.keySet().retainAll(new HashSet<>(evaluations));
        }
        return evaluations.stream().allMatch(known::containsKey)
                ? ErrorSpan.rootMeanSquare(
                        evaluations.stream().mapToDouble(known::get).toArray())
                : OptionalDouble.empty();
    }

    private Optional<ForecastModel> model(String version) {
        if (!read.containsKey(version)) {
            models.apply(version).ifPresent(model -> read.put(version, model));
        }
        return Optional.ofNullable(read.get(version));
    }

    private static Optional<Double> residual(ForecastModel model, PipelineRecord seen, Evaluation evaluation) {
        int index = model.card().indexOf(evaluation.horizon());
        return seen.lookbackOf(evaluation)
                .map(lookback -> evaluation.actual() - model.predict(lookback).value()[index]);
    }
}
