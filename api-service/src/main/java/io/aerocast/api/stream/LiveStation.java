package io.aerocast.api.stream;

import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.StationModel;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The recent past of one station, the models at work on it, and the newest grid time that was forecast from. Not
/// safe for use by several threads.
final class LiveStation {

    private final Pipeline pipeline;
    private final IntervalMetrics metrics;
    private final StationSeries series;
    private final Map<String, StationModel> models = new HashMap<>();
    private @Nullable Instant newest;
    private @Nullable Instant forecastFrom;

    /// @param history grid times before the lookback that the station keeps, for a new version to learn from
    LiveStation(Pipeline pipeline, int history, IntervalMetrics metrics) {
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.series = new StationSeries(pipeline, pipeline.lookback() + history);
    }

    Arrival arrive(Observation observation) {
        Instant slot = series.add(observation);
        models.forEach(
                (kind, model) -> metrics.record(pipeline.name(), kind, model.observe(slot, series.target(slot))));
        if (newest != null && slot.isBefore(newest)) {
            return new Passed(Why.LATE);
        }
        newest = slot;
        if (slot.equals(forecastFrom)) {
            return new Passed(Why.REPEATED);
        }
        return series.lookback(slot)
                .<Arrival>map(lookback -> {
                    forecastFrom = slot;
                    return new Current(lookback, this);
                })
                .orElseGet(() -> new Passed(Why.INCOMPLETE));
    }

    /// The model at work on this station. A version that is new here, after a start, a takeover or a swap, first
    /// learns from the station's history. What it learns lives as long as the version, the assignment of the
    /// partition and the process.
    ///
    /// @param origin the newest grid time, from which the next forecast is made
    StationModel model(ForecastModel model, Instant origin) {
        String kind = model.card().model();
        StationModel known = models.get(kind);
        if (known == null || !known.version().equals(model.card().version())) {
            known = new StationModel(pipeline, model);
            known.rebuild(series, origin);
            models.put(kind, known);
        }
        return known;
    }
}
