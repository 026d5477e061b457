package io.aerocast.standalone.healing;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.PooledEnsemble;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The errors that the served forecasts would have had, had the system not learnt: the models of the old blend
/// as they were fitted, with the weights of their validation. What the old blend learns online is a part of the
/// healing. Follows one version of the blend; computes each forecast once.
public final class Hindsight {

    /// Reads models.
    @FunctionalInterface
    public interface Models {

        /// @param kind one of [ModelKinds#TRAINED]
        /// @return empty while the model is not known
        Optional<ForecastModel> find(String kind, String version);
    }

    /// A forecast of a station.
    private record Forecasted(String station, Instant target) {}

    private final Models models;
    private final Map<Forecasted, Double> forecasts = new HashMap<>();
    private @Nullable String followed;
    private Optional<PooledEnsemble> old = Optional.empty();

    public Hindsight(Models models) {
        this.models = models;
    }

    /// Root mean square of the errors that a version of the blend would have made, in the target's unit.
    ///
    /// @return empty if one of its models, or while a forecast is missing: with fewer forecasts the two errors
    ///     would not be of the same observations
    OptionalDouble rmse(String version, PipelineRecord seen, List<ScoredForecast> scored) {
        if (!version.equals(followed)) {
            followed = version;
            forecasts.clear();
            old = ensemble(seen.pipeline(), seen.partsOf(version));
        }
        return scored.isEmpty() || old.isEmpty() ? OptionalDouble.empty() : rmse(old.get(), seen, scored);
    }

    private OptionalDouble rmse(PooledEnsemble ensemble, PipelineRecord seen, List<ScoredForecast> scored) {
        List<Double> residuals = new ArrayList<>();
        for (ScoredForecast each : scored) {
            forecast(ensemble, seen, each).ifPresent(value -> residuals.add(each.actual() - value));
        }
        return residuals.size() < scored.size()
                ? OptionalDouble.empty()
                : ErrorSpan.rootMeanSquare(
                        residuals.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private Optional<Double> forecast(PooledEnsemble ensemble, PipelineRecord seen, ScoredForecast scored) {
        Forecasted key = new Forecasted(scored.station(), scored.target());
        if (!forecasts.containsKey(key)) {
            Pipeline pipeline = seen.pipeline();
            Instant origin =
                    pipeline.after(scored.target(), -pipeline.horizons().getFirst());
            seen.series(scored.station())
                    .lookback(origin)
                    .ifPresent(lookback -> forecasts.put(key, first(ensemble, lookback)));
        }
        return Optional.ofNullable(forecasts.get(key));
    }

    /// The forecast of the blend at the first horizon.
    private static @Nullable Double first(PooledEnsemble ensemble, Lookback lookback) {
        return ensemble.forecast(lookback, (_, _) -> {}).stream()
                .filter(issued -> issued.kind().equals(ModelKinds.BLEND))
                .map(issued -> issued.prediction().value()[0])
                .findFirst()
                .orElse(null);
    }

    /// @param versions by kind of model
    private Optional<PooledEnsemble> ensemble(Pipeline pipeline, Map<String, String> versions) {
        List<ForecastModel> found = new ArrayList<>();
        versions.forEach((kind, version) -> models.find(kind, version).ifPresent(found::add));
        return versions.isEmpty() || found.size() < versions.size()
                ? Optional.empty()
                : Optional.of(new PooledEnsemble(pipeline, found, List.of()));
    }
}
