package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import io.aerocast.service.HealthFact;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The drift state of every station that this instance watches, for metrics and `GET /healthz`.
final class DriftBoard implements HealthFact {

    private final MeterRegistry registry;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    DriftBoard(MeterRegistry registry) {
        this.registry = registry;
    }

    /// @param since wall-clock time at which this instance first saw the state
    private record Entry(DriftState state, Instant since, List<Meter.Id> gauges) {}

    void show(Watched watched, DriftState state) {
        entries.compute(watched.key(), (_, entry) -> {
            if (entry == null) {
                return new Entry(state, Instant.now(), gauges(watched));
            }
            return entry.state() == state ? entry : new Entry(state, Instant.now(), entry.gauges());
        });
    }

    /// Removes a station whose partition another instance has taken over.
    void hide(Watched watched) {
        Entry removed = entries.remove(watched.key());
        if (removed != null) {
            removed.gauges().forEach(registry::remove);
        }
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, String> states = new TreeMap<>();
        entries.forEach((key, entry) -> states.put(key, entry.state().label()));
        return Map.of("drift", states);
    }

    private List<Meter.Id> gauges(Watched watched) {
        List<Meter.Id> gauges = new ArrayList<>();
        for (DriftState state : DriftState.values()) {
            gauges.add(Gauge.builder("aerocast.drift.state", () -> is(watched, state))
                    .description("1 for the current state of a station, 0 for the others")
                    .tag("pipeline", watched.pipeline())
                    .tag("station", watched.station())
                    .tag("state", state.label())
                    .register(registry)
                    .getId());
        }
        gauges.add(Gauge.builder("aerocast.drift.since.timestamp", () -> since(watched))
                .description("Time at which a station entered its state, or this instance began to watch it")
                .baseUnit("seconds")
                .tag("pipeline", watched.pipeline())
                .tag("station", watched.station())
                .register(registry)
                .getId());
        return gauges;
    }

    private double since(Watched watched) {
        Entry entry = entries.get(watched.key());
        return entry == null ? Double.NaN : entry.since().toEpochMilli() / 1e3;
    }

    private double is(Watched watched, DriftState state) {
        Entry entry = entries.get(watched.key());
        return entry != null && entry.state() == state ? 1 : 0;
    }
}
