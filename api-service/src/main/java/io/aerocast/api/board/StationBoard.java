package io.aerocast.api.board;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The newest observations and forecasts of each station. They come from the topics, so every replica has them all.
/// Safe for use by several threads.
public final class StationBoard {

    /// Number of readings to keep of each station, in lookbacks of its pipeline.
    private static final int LOOKBACKS = 2;

    private record Series(String model, int horizon) {}

    private final NavigableMap<String, Station> stations = new ConcurrentSkipListMap<>();
    private final Map<String, Map<Series, Forecast>> forecasts = new ConcurrentHashMap<>();

    /// The observations of one station. Written by one thread.
    ///
    /// @param newest its newest observation
    /// @param arrived its arrival on the topic, by the broker's clock
    /// @param readings the target's newest readings by time of observation, in its unit
    record Station(Observation newest, Instant arrived, NavigableMap<Instant, Double> readings) {

        static Station of(Observation first, Instant arrived) {
            return new Station(first, arrived, new ConcurrentSkipListMap<>());
        }

        Station with(Observation observation, Instant arrived) {
            return observation.timestamp().isBefore(newest.timestamp())
                    ? this
                    : new Station(observation, arrived, readings);
        }
    }

    /// Adds an observation.
    ///
    /// @param arrived its arrival on the topic, by the broker's clock
    void observed(Pipeline pipeline, Observation observation, Instant arrived) {
        String key = Topics.key(observation.pipeline(), observation.station());
        Station station =
                stations.merge(key, Station.of(observation, arrived), (before, _) -> before.with(observation, arrived));
        Double reading = observation.readings().get(pipeline.target().name());
        if (reading != null && pipeline.target().plausible(reading)) {
            station.readings().put(observation.timestamp(), reading);
            if (station.readings().size() > LOOKBACKS * pipeline.lookback()) {
                station.readings().pollFirstEntry();
            }
        }
    }

    /// Adds a forecast; it replaces older ones of the same model and horizon.
    void forecast(Forecast forecast) {
        forecasts
                .computeIfAbsent(Topics.key(forecast.pipeline(), forecast.station()), _ -> new ConcurrentHashMap<>())
                .merge(
                        new Series(forecast.model(), forecast.horizon()),
                        forecast,
                        (before, now) -> now.origin().isBefore(before.origin()) ? before : now);
    }

    /// All stations, sorted by pipeline and station.
    Collection<Station> stations() {
        return stations.values();
    }

    /// The newest forecast of a station per model and horizon, sorted by both.
    public List<Forecast> forecasts(String pipeline, String station) {
        return forecasts.getOrDefault(Topics.key(pipeline, station), Map.of()).values().stream()
                .sorted(Comparator.comparing(Forecast::model).thenComparing(Forecast::horizon))
                .toList();
    }
}
