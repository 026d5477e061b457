package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import io.aerocast.service.HealthFact;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The drift states of the stations that this instance watches, for metrics and `GET /healthz`. The number of
/// stations shown is bounded; the others are counted, and take the places of stations that are hidden.
final class DriftBoard implements HealthFact {

    private final MeterRegistry registry;
    private final int limit;
    private final Map<Member, Map<String, Entry>> entries = new ConcurrentHashMap<>();
    private final Set<Member> unpublished = ConcurrentHashMap.newKeySet();

    /// @param limit largest number of stations shown
    DriftBoard(MeterRegistry registry, int limit) {
        this.registry = registry;
        this.limit = limit;
        Gauge.builder("aerocast.drift.stations", () -> entries.size() + unpublished.size())
                .description("Stations that this instance watches")
                .register(registry);
        Gauge.builder("aerocast.drift.stations.unpublished", unpublished::size)
                .description("Stations that are watched, but left out of the metrics")
                .register(registry);
    }

    /// @param since wall-clock time at which this instance first saw the state
    private record Entry(DriftState state, Instant since, List<Meter.Id> gauges) {}

    /// Shows a station, if there is a place.
    ///
    /// @param states by feature
    synchronized void show(Member member, Map<String, DriftState> states) {
        if (!entries.containsKey(member) && entries.size() >= limit) {
            unpublished.add(member);
            return;
        }
        unpublished.remove(member);
        Map<String, Entry> features = entries.computeIfAbsent(member, _ -> new ConcurrentHashMap<>());
        states.forEach((feature, state) -> features.compute(feature, (_, entry) -> {
            if (entry == null) {
                return new Entry(state, Instant.now(), gauges(member, feature));
            }
            return entry.state() == state ? entry : new Entry(state, Instant.now(), entry.gauges());
        }));
    }

    boolean shows(Member member) {
        return entries.containsKey(member);
    }

    /// Removes a station that is forgotten, or whose partition another instance has taken over.
    synchronized void hide(Member member) {
        unpublished.remove(member);
        Map<String, Entry> removed = entries.remove(member);
        if (removed != null) {
            removed.values().forEach(entry -> entry.gauges().forEach(registry::remove));
        }
    }

    /// The gravest state of each station's features.
    @Override
    public Map<String, Object> facts() {
        Map<String, String> states = new TreeMap<>();
        entries.forEach((member, features) -> features.values().stream()
                .map(Entry::state)
                .max(Comparator.naturalOrder())
                .ifPresent(gravest -> states.put(member.key(), gravest.label())));
        return Map.of("drift", states);
    }

    private List<Meter.Id> gauges(Member member, String feature) {
        List<Meter.Id> gauges = new ArrayList<>();
        for (DriftState state : DriftState.values()) {
            gauges.add(Gauge.builder("aerocast.drift.state", () -> is(member, feature, state))
                    .description("1 for the current state of a feature of a station, 0 for the others")
                    .tag("pipeline", member.pipeline())
                    .tag("station", member.station())
                    .tag("feature", feature)
                    .tag("state", state.label())
                    .register(registry)
                    .getId());
        }
        gauges.add(Gauge.builder("aerocast.drift.since.timestamp", () -> since(member, feature))
                .description("Time at which a feature entered its state, or this instance began to watch it")
                .baseUnit("seconds")
                .tag("pipeline", member.pipeline())
                .tag("station", member.station())
                .tag("feature", feature)
                .register(registry)
                .getId());
        return gauges;
    }

    private double since(Member member, String feature) {
        Entry entry = entries.getOrDefault(member, Map.of()).get(feature);
        return entry == null ? Double.NaN : entry.since().toEpochMilli() / 1e3;
    }

    private double is(Member member, String feature, DriftState state) {
        Entry entry = entries.getOrDefault(member, Map.of()).get(feature);
        return entry != null && entry.state() == state ? 1 : 0;
    }
}
