package io.aerocast.api.live;

import io.aerocast.api.live.Arrival.Current;
import io.aerocast.api.live.Arrival.Passed;
import io.aerocast.api.live.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The recent past of one station, and how far it has been forecast. Not safe for use by several threads.
final class LiveStation {

    private final StationSeries series;
    private @Nullable Instant newest;
    private @Nullable Instant forecastFrom;

    LiveStation(Pipeline pipeline) {
        series = new StationSeries(pipeline, pipeline.lookback());
    }

    Arrival arrive(Observation observation) {
        Instant slot = series.add(observation);
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
                    return new Current(lookback);
                })
                .orElseGet(() -> new Passed(Why.INCOMPLETE));
    }
}
