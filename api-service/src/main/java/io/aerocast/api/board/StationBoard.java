package io.aerocast.api.board;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The newest observations and forecasts of each station; the least recently observed stations are forgotten
/// beyond a number. They come from the topics, so every replica has them all. Safe for use by several threads.
public final class StationBoard {

    /// Number of readings to keep of each target of a station, in lookbacks of its pipeline.
    private static final int LOOKBACKS = 2;

    private record Series(String feature, String model) {}

    private final int capacity;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();

    /// Sorted, or `null` after a change.
    private @Nullable List<Name> names;

    /// What is known of one station.
    private static final class Entry {

        private @Nullable Observation newest;
        private Instant arrived = Instant.EPOCH;
        private final Map<String, NavigableMap<Instant, Double>> readings = new HashMap<>();
        private final NavigableMap<String, NavigableMap<String, Forecast>> forecasts = new TreeMap<>();
    }

    /// The observations of one station.
    ///
    /// @param newest its newest observation
    /// @param arrived its arrival on the topic, by the broker's clock
    /// @param readings the newest readings of each target by time of observation, in its unit
    public record Station(Observation newest, Instant arrived, Map<String, NavigableMap<Instant, Double>> readings) {}

    /// A station that was observed.
    public record Name(String pipeline, String station) {}

    /// @param capacity number of stations to keep
    StationBoard(int capacity) {
        this.capacity = capacity;
    }

    /// Adds an observation.
    ///
    /// @param arrived its arrival on the topic, by the broker's clock
    synchronized void observed(Pipeline pipeline, Observation observation, Instant arrived) {
        Entry entry = entry(observation.pipeline(), observation.station());
        if (entry.newest == null) {
            names = null;
        }
        if (entry.newest == null || !observation.timestamp().isBefore(entry.newest.timestamp())) {
            entry.newest = observation;
            entry.arrived = arrived;
        }
        for (String target : pipeline.targets()) {
            Feature feature = pipeline.features().get(pipeline.indexOf(target));
            Double reading = observation.readings().get(target);
            if (reading != null && feature.plausible(reading)) {
                keep(entry, target, observation.timestamp(), reading, LOOKBACKS * pipeline.lookback());
            }
        }
    }

    private static void keep(Entry entry, String target, Instant time, double reading, int most) {
        NavigableMap<Instant, Double> readings = entry.readings.computeIfAbsent(target, _ -> new TreeMap<>());
        readings.put(time, reading);
        if (readings.size() > most) {
            readings.pollFirstEntry();
        }
    }

    /// Adds a forecast; it replaces older ones of the same feature and kind of model.
    synchronized void forecast(Forecast forecast) {
        entry(forecast.pipeline(), forecast.station())
                .forecasts
                .computeIfAbsent(forecast.feature(), _ -> new TreeMap<>())
                .merge(
                        forecast.model(),
                        forecast,
                        (before, now) -> now.origin().isBefore(before.origin()) ? before : now);
    }

    private Entry entry(String pipeline, String station) {
        String key = Topics.key(pipeline, station);
        Entry entry = entries.getOrDefault(key, new Entry());
        entries.putLast(key, entry);
        if (entries.size() > capacity) {
            entries.pollFirstEntry();
            names = null;
        }
        return entry;
    }

    /// All stations that were observed, sorted by pipeline and station.
    public synchronized Collection<Station> stations() {
        NavigableMap<String, Station> sorted = new TreeMap<>();
        entries.forEach((key, entry) -> station(entry).ifPresent(station -> sorted.put(key, station)));
        return sorted.values();
    }

    /// The names of all stations that were observed, sorted by pipeline and station.
    public synchronized List<Name> names() {
        List<Name> known = names;
        if (known == null) {
            NavigableMap<String, Name> sorted = new TreeMap<>();
            entries.forEach((key, entry) -> {
                Observation newest = entry.newest;
                if (newest != null) {
                    sorted.put(key, new Name(newest.pipeline(), newest.station()));
                }
            });
            known = List.copyOf(sorted.values());
            names = known;
        }
        return known;
    }

    /// One station; empty unless it was observed.
    public synchronized Optional<Station> station(String pipeline, String station) {
        return known(pipeline, station).flatMap(StationBoard::station);
    }

    private static Optional<Station> station(Entry entry) {
        if (entry.newest == null) {
            return Optional.empty();
        }
        Map<String, NavigableMap<Instant, Double>> readings = new HashMap<>();
        entry.readings.forEach((target, values) -> readings.put(target, new TreeMap<>(values)));
        return Optional.of(new Station(entry.newest, entry.arrived, readings));
    }

    /// The newest forecasts of a feature of a station, sorted by kind of model.
    public synchronized List<Forecast> forecasts(String pipeline, String station, String feature) {
        return known(pipeline, station)
                .map(entry -> entry.forecasts.getOrDefault(feature, new TreeMap<>()))
                .map(byModel -> List.copyOf(byModel.values()))
                .orElseGet(List::of);
    }

    private Optional<Entry> known(String pipeline, String station) {
        return Optional.ofNullable(entries.get(Topics.key(pipeline, station)));
    }
}
