package io.aerocast.drift.station;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The stations of one partition that have state. Their number is bounded, and a station that has been silent for
/// long is forgotten. Not safe for use by several threads.
///
/// Silence is measured on the *clock* of the pipeline, which is the newest arrival of a record of any of its
/// stations, by the timestamp of the record. Observation times are no measure: one station may replay an
/// earlier year while another one is live.
public final class Roster {

    private final StationsProperties limits;
    private final Map<String, Clock> clocks = new HashMap<>();
    private int size;

    /// @param limits bounds
    /// @param known the stations of the store, in any order
    public Roster(StationsProperties limits, Collection<Heard> known) {
        this.limits = limits;
        known.stream()
                .sorted(Comparator.comparingLong(Heard::at))
                .forEach(h -> clock(h.pipeline()).hear(h.station(), h.at()));
        size = known.size();
    }

    /// A station that has state.
    ///
    /// @param at the pipeline's clock when the station was last heard, in epoch milliseconds
    public record Heard(String pipeline, String station, long at) {}

    /// The clock of a pipeline, and when each station was last heard on it; the longest silent station first.
    private static final class Clock {

        private final Map<String, Long> heard = new LinkedHashMap<>();
        private long now = Long.MIN_VALUE;

        void hear(String station, long at) {
            now = Math.max(now, at);
            heard.remove(station);
            heard.put(station, now);
        }
    }

    public boolean contains(String pipeline, String station) {
        Clock clock = clocks.get(pipeline);
        return clock != null && clock.heard.containsKey(station);
    }

    /// Notes an observation of a station.
    ///
    /// @param arrival timestamp of the record, in epoch milliseconds
    /// @return whether the station has state; false if it is new and the roster is full
    public boolean hear(String pipeline, String station, long arrival) {
        if (!contains(pipeline, station)) {
            if (size >= limits.max()) {
                return false;
            }
            size++;
        }
        clock(pipeline).hear(station, arrival);
        return true;
    }

    /// The pipeline's clock, in epoch milliseconds.
    public long now(String pipeline) {
        return clock(pipeline).now;
    }

    /// Removes the stations of a pipeline that have been silent for too long.
    ///
    /// @return their names
    public List<String> forget(String pipeline) {
        Clock clock = clock(pipeline);
        List<String> silent = new ArrayList<>();
        Iterator<Map.Entry<String, Long>> stations = clock.heard.entrySet().iterator();
        while (stations.hasNext()) {
            Map.Entry<String, Long> station = stations.next();
            if (clock.now - station.getValue() <= limits.forgetAfter().toMillis()) {
                break;
            }
            silent.add(station.getKey());
            stations.remove();
        }
        size -= silent.size();
        return silent;
    }

    private Clock clock(String pipeline) {
        return clocks.computeIfAbsent(pipeline, _ -> new Clock());
    }
}
