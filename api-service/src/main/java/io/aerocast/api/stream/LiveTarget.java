package io.aerocast.api.stream;

import io.aerocast.api.stream.Arrival.Ready;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One target of one station: its recent past, the models at work on it, and the newest grid time that was forecast
/// from. Not safe for use by several threads.
final class LiveTarget {

    private final Pipeline view;
    private final IntervalMetrics metrics;
    private final StationSeries series;
    private final StationEnsemble ensemble;
    private @Nullable Instant forecastFrom;

    /// @param view the view of the target
    /// @param history grid times before the lookback to keep, for a new version to learn from
    LiveTarget(Pipeline view, int history, IntervalMetrics metrics) {
        this.view = view;
        this.metrics = metrics;
        this.series = new StationSeries(view, view.lookback() + history);
        this.ensemble = new StationEnsemble(view);
    }

    Pipeline view() {
        return view;
    }

    /// Adds an observation, from which the models learn.
    ///
    /// @return the grid time
    Instant observe(Observation observation) {
        Instant slot = series.add(observation);
        ensemble.observe(slot, series.target(slot))
                .forEach(observed -> metrics.record(view, observed.kind(), observed.outcomes()));
        return slot;
    }

    /// Whether the target was forecast from this grid time before.
    boolean forecastFrom(Instant slot) {
        return slot.equals(forecastFrom);
    }

    /// The lookback of a grid time, to be forecast from now; empty if that was done before, or if too much of it is
    /// missing.
    Optional<Ready> ready(Instant slot) {
        Optional<Lookback> lookback = forecastFrom(slot) ? Optional.empty() : series.lookback(slot);
        lookback.ifPresent(_ -> forecastFrom = slot);
        return lookback.map(each -> new Ready(this, each));
    }

    /// The models at work. A version that is new here, after a start, a takeover or a swap, first learns from the
    /// station's history. What it learns lives as long as the version, the assignment of the partition and the
    /// process.
    ///
    /// @param origin the newest grid time, from which the next forecast is made
    StationEnsemble serve(Collection<? extends ForecastModel> models, Instant origin) {
        ensemble.serve(models, series, origin);
        return ensemble;
    }
}
