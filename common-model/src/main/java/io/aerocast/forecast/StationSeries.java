package io.aerocast.forecast;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The observations of one station on its pipeline's time grid. Serving and training both take their lookbacks from
/// this class, so they cannot differ. Not safe for use by several threads.
public final class StationSeries {

    private final Pipeline pipeline;
    private final int capacity;
    private final NavigableMap<Instant, double[]> rows = new TreeMap<>();

    /// A series that keeps the newest grid points.
    ///
    /// @param capacity number of grid points to keep
    public StationSeries(Pipeline pipeline, int capacity) {
        this.pipeline = pipeline;
        this.capacity = capacity;
    }

    /// A series that keeps everything.
    public static StationSeries unbounded(Pipeline pipeline) {
        return new StationSeries(pipeline, Integer.MAX_VALUE);
    }

    /// Adds an observation; they may arrive in any order of time. A second one for the same grid point adds missing
    /// readings and replaces present ones, because stations correct their reports.
    ///
    /// @return the grid point
    public Instant add(Observation observation) {
        Instant slot = pipeline.slot(observation.timestamp());
        rows.merge(slot, pipeline.vector(observation.readings()), StationSeries::corrected);
        while (rows.size() > capacity) {
            rows.pollFirstEntry();
        }
        return slot;
    }

    /// The lookback that ends at a grid point.
    ///
    /// @return empty if the target's reading at that point is missing, or if fewer than three quarters of the
    ///     target's readings in the lookback are present
    public Optional<Lookback> lookback(Instant origin) {
        double[][] window = new double[pipeline.lookback()][];
        for (int step = 0; step < window.length; step++) {
            window[step] = row(pipeline.after(origin, step - window.length + 1));
        }
        return Optional.of(new Lookback(window, origin)).filter(Lookback::usable);
    }

    /// The target's reading at a grid point, or `NaN`.
    public double target(Instant slot) {
        return row(slot)[0];
    }

    /// The readings at a grid point.
    ///
    /// @return shape [features], in the features' units; `NaN` where one is missing
    public double[] readings(Instant slot) {
        return row(slot);
    }

    /// The grid points with an observation, oldest first.
    public Iterable<Instant> slots() {
        return rows.navigableKeySet();
    }

    /// Number of grid points with an observation.
    public int size() {
        return rows.size();
    }

    private double[] row(Instant slot) {
        double[] row = rows.get(slot);
        if (row != null) {
            return row.clone();
        }
        double[] missing = new double[pipeline.features().size()];
        Arrays.fill(missing, Double.NaN);
        return missing;
    }

    private static double[] corrected(double[] before, double[] now) {
        double[] row = before.clone();
        for (int i = 0; i < row.length; i++) {
            row[i] = Double.isNaN(now[i]) ? row[i] : now[i];
        }
        return row;
    }
}
