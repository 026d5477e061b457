package io.aerocast.standalone.healing;

import io.aerocast.event.Forecast;
import io.aerocast.forecast.ModelKinds;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The versions of the parts of each version of the blend. The forecasts of one station from one origin arrive
/// together: those of the parts, and that of their blend.
final class Compositions {

    private final Map<String, Map<String, String>> parts = new HashMap<>();
    private final Map<String, String> group = new TreeMap<>();
    private @Nullable String station;
    private @Nullable Instant origin;

    /// @param forecast of the feature whose blend is followed
    void add(Forecast forecast) {
        if (!forecast.station().equals(station) || !forecast.origin().equals(origin)) {
            group.clear();
            station = forecast.station();
            origin = forecast.origin();
        }
        group.put(forecast.model(), forecast.modelVersion());
        String blend = group.get(ModelKinds.BLEND);
        if (blend != null) {
            Map<String, String> known = parts.computeIfAbsent(blend, _ -> new TreeMap<>());
            known.putAll(group);
            known.remove(ModelKinds.BLEND);
        }
    }

    /// The parts of a version of the blend.
    ///
    /// @return versions by kind of model; empty if no forecast of it has arrived
    Map<String, String> of(String version) {
        return parts.getOrDefault(version, Map.of());
    }
}
