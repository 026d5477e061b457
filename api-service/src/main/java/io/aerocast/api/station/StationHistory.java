package io.aerocast.api.station;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The readings of each station and the forecasts that were made for them, by grid time. They come from the topics, so
/// every replica has the same, as far as they are read back at its start. Bounded by age and in number. Threads may
/// share it.
final class StationHistory {

    private final Duration age;
    private final int gridTimes;
    private final int capacity;

    /// The least recently updated station first.
    private final SequencedMap<String, NavigableMap<Instant, Slot>> stations = new LinkedHashMap<>();

    private int size;

    StationHistory(HistoryProperties properties) {
        this.age = properties.age();
        this.gridTimes = properties.gridTimes();
        this.capacity = properties.values();
    }

    /// A reading.
    ///
    /// @param observedAt time of the observation, near its grid time
    record Past(Instant observedAt, double value) {}

    /// One feature at one grid time.
    ///
    /// @param reading `null` where it has not been read
    /// @param forecasts by kind of model, empty before the drift service has compared them
    record Moment(Instant time, @Nullable Past reading, NavigableMap<String, PastForecasts> forecasts) {}

    /// One grid time.
    private static final class Slot {

        private final Map<String, Past> readings = new HashMap<>();
        private final Map<String, NavigableMap<String, PastForecasts>> forecasts = new HashMap<>();

        private int size() {
            return readings.size()
                    + forecasts.values().stream()
                            .flatMap(byModel -> byModel.values().stream())
                            .mapToInt(PastForecasts::size)
                            .sum();
        }
    }

    /// Adds the readings of the targets.
    synchronized void observed(Pipeline pipeline, Observation observation) {
        Map<String, Past> readings = new HashMap<>();
        for (String target : pipeline.targets()) {
            Double reading = observation.readings().get(target);
            Feature feature = pipeline.features().get(pipeline.indexOf(target));
            if (reading != null && feature.plausible(reading)) {
                readings.put(target, new Past(observation.timestamp(), reading));
            }
        }
        Instant time = pipeline.slot(observation.timestamp());
        change(observation.pipeline(), observation.station(), time, slot -> slot.readings.putAll(readings));
    }

    /// Adds the forecasts of a value, unless a client reported them.
    synchronized void evaluated(Evaluation evaluation) {
        Instant target = evaluation.target();
        if (evaluation.source() == EvaluationSource.MATCHED && target != null) {
            change(evaluation.pipeline(), evaluation.station(), target, slot -> {
                slot.readings.putIfAbsent(evaluation.feature(), new Past(target, evaluation.actual()));
                slot.forecasts
                        .computeIfAbsent(evaluation.feature(), _ -> new TreeMap<>())
                        .put(evaluation.model(), PastForecasts.of(evaluation));
            });
        }
    }

    private void change(String pipeline, String station, Instant time, Consumer<Slot> change) {
        String key = Topics.key(pipeline, station);
        NavigableMap<Instant, Slot> slots = stations.getOrDefault(key, new TreeMap<>());
        stations.putLast(key, slots);
        Slot slot = slots.computeIfAbsent(time, _ -> new Slot());
        size -= slot.size();
        change.accept(slot);
        size += slot.size();
        bound(slots);
    }

    private void bound(NavigableMap<Instant, Slot> slots) {
        Instant oldest = slots.lastKey().minus(age);
        while (slots.size() > gridTimes || slots.firstKey().isBefore(oldest)) {
            size -= slots.pollFirstEntry().getValue().size();
        }
        while (size > capacity && stations.size() > 1) {
            stations.pollFirstEntry().getValue().values().forEach(slot -> size -= slot.size());
        }
        while (size > capacity && slots.size() > 1) {
            size -= slots.pollFirstEntry().getValue().size();
        }
    }

    /// The past of a feature, oldest first.
    ///
    /// @param from inclusive, or `null` for the beginning
    /// @param to exclusive, or `null` for the end
    /// @param most largest number of grid times
    synchronized List<Moment> of(
            Pipeline view, String station, @Nullable Instant from, @Nullable Instant to, int most) {
        String feature = view.target().name();
        NavigableMap<Instant, Slot> slots = stations.getOrDefault(Topics.key(view.name(), station), new TreeMap<>());
        return slots.tailMap(from == null ? Instant.MIN : from, true).entrySet().stream()
                .takeWhile(slot -> to == null || slot.getKey().isBefore(to))
                .filter(slot -> slot.getValue().readings.containsKey(feature))
                .limit(most)
                .map(slot -> new Moment(
                        slot.getKey(),
                        slot.getValue().readings.get(feature),
                        new TreeMap<>(slot.getValue().forecasts.getOrDefault(feature, new TreeMap<>()))))
                .toList();
    }

    /// Number of readings and forecasts.
    synchronized int size() {
        return size;
    }
}
