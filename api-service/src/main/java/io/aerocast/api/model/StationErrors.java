package io.aerocast.api.model;

import io.aerocast.forecast.ErrorMatrix;
import io.aerocast.pipeline.Pipeline;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The errors of the models at the stations that this replica forecasts, from which the weights of a blend follow.
/// The least recently forecast stations are forgotten beyond a number. Safe for use by several threads.
public final class StationErrors {

    /// Number of stations to pool, the newest: more hardly change the mean.
    private static final int POOLED = 100;

    private record Key(String pipeline, String feature, String station) {

        static Key of(Pipeline view, String station) {
            return new Key(view.name(), view.target().name(), station);
        }
    }

    private final int capacity;
    private final SequencedMap<Key, ErrorMatrix> newest = new LinkedHashMap<>();

    /// @param capacity number of targets of stations to keep
    public StationErrors(int capacity) {
        this.capacity = capacity;
    }

    /// Replaces the errors at a station.
    ///
    /// @param view the view of the feature
    public synchronized void put(Pipeline view, String station, ErrorMatrix errors) {
        newest.putLast(Key.of(view, station), errors);
        if (newest.size() > capacity) {
            newest.pollFirstEntry();
        }
    }

    /// The errors at one station; empty if it is unknown here.
    ///
    /// @param view the view of the feature
    public synchronized Collection<ErrorMatrix> of(Pipeline view, String station) {
        ErrorMatrix errors = newest.get(Key.of(view, station));
        return errors == null ? List.of() : List.of(errors);
    }

    /// The errors at all stations of the pipeline, at most the newest hundred.
    ///
    /// @param view the view of the feature
    public synchronized Collection<ErrorMatrix> of(Pipeline view) {
        return newest.sequencedEntrySet().reversed().stream()
                .filter(e -> e.getKey().pipeline().equals(view.name())
                        && e.getKey().feature().equals(view.target().name()))
                .limit(POOLED)
                .map(java.util.Map.Entry::getValue)
                .toList();
    }
}
