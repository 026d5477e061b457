package io.aerocast.standalone.healing;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.healing.PipelineRecord.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The errors that the served forecasts would have had, had the old models stayed. The blend of the old versions
/// starts where it took over and runs on, as it would in the live stream: its weights go on learning, so that the
/// comparison is with the best that the old models could still do. Follows one version of the blend; computes each
/// forecast once.
public final class Hindsight {

    /// Grid times before the takeover from which the models may learn; as many as the live stream keeps by default.
    private static final int HISTORY = 336;

    /// Reads models.
    @FunctionalInterface
    public interface Models {

        /// @param kind one of [ModelKinds#TRAINED]
        /// @return empty while the model is not known
        Optional<ForecastModel> find(String kind, String version);
    }

    private final Models models;
    private final Map<String, Course> courses = new HashMap<>();
    private @Nullable String followed;
    private Optional<List<ForecastModel>> parts = Optional.empty();

    public Hindsight(Models models) {
        this.models = models;
    }

    /// Root mean square of the errors that a version of the blend would have made, in the target's unit.
    ///
    /// @return empty if one of its models, or while a forecast is missing: with fewer forecasts the two errors
    ///     would not be of the same observations
    OptionalDouble rmse(String version, PipelineRecord seen, List<ScoredForecast> forecasts) {
        Received<Forecast> takeover = seen.firstForecasts().get(version);
        if (forecasts.isEmpty() || takeover == null) {
            return OptionalDouble.empty();
        }
        if (!version.equals(followed)) {
            followed = version;
            courses.clear();
            parts = parts(seen.partsOf(version));
        }
        Instant start = takeover.event().origin();
        return parts.map(models -> rmse(models, start, seen, forecasts)).orElse(OptionalDouble.empty());
    }

    private OptionalDouble rmse(
            List<ForecastModel> old, Instant start, PipelineRecord seen, List<ScoredForecast> forecasts) {
        List<Double> residuals = new ArrayList<>();
        for (ScoredForecast forecast : forecasts) {
            Course course = courses.computeIfAbsent(
                    forecast.station(), station -> new Course(seen.pipeline(), station, old, start));
            course.follow(seen.series(forecast.station()), forecast.target());
            course.forecastOf(forecast.target()).ifPresent(value -> residuals.add(forecast.actual() - value));
        }
        return residuals.size() < forecasts.size()
                ? OptionalDouble.empty()
                : ErrorSpan.rootMeanSquare(
                        residuals.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// @param versions by kind of model
    private Optional<List<ForecastModel>> parts(Map<String, String> versions) {
        List<ForecastModel> found = new ArrayList<>();
        versions.forEach((kind, version) -> models.find(kind, version).ifPresent(found::add));
        return versions.isEmpty() || found.size() < versions.size() ? Optional.empty() : Optional.of(found);
    }

    /// The forecasts of the old models for one station, at the first horizon.
    private static final class Course {

        private final Pipeline pipeline;
        private final String station;
        private final List<ForecastModel> models;
        private final Instant start;
        private final StationEnsemble ensemble;
        private final StationSeries history;
        private final Map<Instant, Double> forecasts = new HashMap<>();
        private @Nullable Instant newest;

        Course(Pipeline pipeline, String station, List<ForecastModel> models, Instant start) {
            this.pipeline = pipeline;
            this.station = station;
            this.models = models;
            this.start = start;
            this.ensemble = new StationEnsemble(pipeline);
            this.history = new StationSeries(pipeline, pipeline.lookback() + HISTORY);
        }

        /// Runs up to a grid time, from where it stopped.
        void follow(StationSeries observed, Instant until) {
            if (newest != null && !newest.isBefore(until)) {
                return;
            }
            for (Instant slot : observed.slots()) {
                if ((newest == null || slot.isAfter(newest)) && !slot.isAfter(until)) {
                    newest = slot;
                    step(slot, observed);
                }
            }
        }

        private void step(Instant slot, StationSeries observed) {
            history.add(new Observation(pipeline.name(), station, slot, readings(observed.readings(slot))));
            if (slot.isBefore(start)) {
                return;
            }
            ensemble.observe(slot, history.target(slot));
            history.lookback(slot).ifPresent(lookback -> {
                ensemble.serve(models, history, slot);
                ensemble.forecast(slot, lookback, (_, _) -> {}).stream()
                        .filter(issued -> issued.kind().equals(ModelKinds.BLEND))
                        .forEach(issued -> keep(slot, issued));
            });
        }

        private void keep(Instant origin, Issued issued) {
            int first = pipeline.horizons().getFirst();
            forecasts.put(pipeline.after(origin, first), issued.prediction().value()[0]);
        }

        private Map<String, Double> readings(double[] row) {
            Map<String, Double> readings = new HashMap<>();
            for (int i = 0; i < row.length; i++) {
                if (!Double.isNaN(row[i])) {
                    readings.put(pipeline.features().get(i).name(), row[i]);
                }
            }
            return readings;
        }

        Optional<Double> forecastOf(Instant target) {
            return Optional.ofNullable(forecasts.get(target));
        }
    }
}
