package io.aerocast.api.board;

import io.aerocast.event.Topics;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts the changes of what is known of a station, so that replies are made again only then. Stations may share a
/// counter, which makes replies too often, never too seldom. Threads may share it.
public final class StationRevisions {

    private static final int COUNTERS = 4096;

    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);

    /// To be called after a change.
    public void changed(String pipeline, String station) {
        counters.incrementAndGet(slot(pipeline, station));
    }

    /// To be read before the state that it belongs to.
    public long of(String pipeline, String station) {
        return counters.get(slot(pipeline, station));
    }

    private static int slot(String pipeline, String station) {
        return Math.floorMod(Topics.key(pipeline, station).hashCode(), COUNTERS);
    }
}
