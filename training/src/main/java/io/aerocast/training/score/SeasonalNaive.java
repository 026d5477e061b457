package io.aerocast.training.score;

import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Instant;
import java.util.Collection;

/// The seasonal naive forecast: the latest reading at the same phase of the pipeline's first season, for a daily
/// season the same hour of the last day with a reading. Without a season, or without such a reading, persistence.
public final class SeasonalNaive {

    /// Maximum number of cycles to look back for a reading.
    private static final int CYCLES = 7;

    private final Pipeline pipeline;
    private final int season;

    public SeasonalNaive(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.season = pipeline.seasons().stream()
                .findFirst()
                .map(Season::period)
                .map(period -> (int) Math.max(
                        1,
                        Math.round(
                                (double) period.toMillis() / pipeline.cadence().toMillis())))
                .orElse(1);
    }

    /// Number of steps of the season; 1 where the pipeline has none.
    public int season() {
        return season;
    }

    /// Forecasts from the readings up to the origin.
    ///
    /// @param horizon steps ahead
    /// @return in the target's unit; `NaN` if the reading at the origin is missing too
    public double forecast(StationSeries series, Instant origin, int horizon) {
        if (season > 1) {
            int first = (horizon + season - 1) / season;
            for (int cycles = first; cycles < first + CYCLES; cycles++) {
                double reading = series.target(pipeline.after(origin, horizon - cycles * season));
                if (!Double.isNaN(reading)) {
                    return reading;
                }
            }
        }
        return series.target(origin);
    }

    /// The scale of MASE: mean absolute difference of readings one season apart (one step apart without a season).
    ///
    /// @param training series of the training data, one per station
    /// @return in the target's unit; `NaN` without two readings one season apart
    public double scale(Collection<StationSeries> training) {
        double sum = 0;
        long count = 0;
        for (StationSeries series : training) {
            for (Instant slot : series.slots()) {
                double change = series.target(slot) - series.target(pipeline.after(slot, -season));
                if (!Double.isNaN(change)) {
                    sum += Math.abs(change);
                    count++;
                }
            }
        }
        return sum / count;
    }
}
