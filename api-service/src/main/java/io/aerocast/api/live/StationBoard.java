package io.aerocast.api.live;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The newest observation and forecasts of each station, from the topics, so that every replica shows all of them.
/// Safe for use by several threads.
public final class StationBoard {

    private record Series(String model, int horizon) {}

    private final NavigableMap<String, Observation> observations = new ConcurrentSkipListMap<>();
    private final Map<String, Map<Series, Forecast>> forecasts = new ConcurrentHashMap<>();

    void observed(Observation observation) {
        observations.merge(
                Topics.key(observation.pipeline(), observation.station()),
                observation,
                (before, now) -> now.timestamp().isBefore(before.timestamp()) ? before : now);
    }

    void forecast(Forecast forecast) {
        forecasts
                .computeIfAbsent(Topics.key(forecast.pipeline(), forecast.station()), _ -> new ConcurrentHashMap<>())
                .merge(
                        new Series(forecast.model(), forecast.horizon()),
                        forecast,
                        (before, now) -> now.origin().isBefore(before.origin()) ? before : now);
    }

    /// The newest observation of each station, by pipeline and station.
    Collection<Observation> observations() {
        return observations.values();
    }

    /// The newest forecasts of a station, by model and horizon.
    public List<Forecast> forecasts(String pipeline, String station) {
        return forecasts.getOrDefault(Topics.key(pipeline, station), Map.of()).values().stream()
                .sorted(Comparator.comparing(Forecast::model).thenComparing(Forecast::horizon))
                .toList();
    }
}
