package io.aerocast.standalone.driftbench;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The readings of one station on the pipeline's time grid, which a [Disturbance] may change.
///
/// @param first the time of the first row
/// @param rows shape [slots][features], in the features' units; `NaN` where a reading is missing
record ReadingGrid(Pipeline pipeline, String station, Instant first, double[][] rows) {

    /// The station with the most observations; of two reports for one slot, the later one counts.
    static ReadingGrid of(Pipeline pipeline, Collection<Observation> observations) {
        Map<String, List<Observation>> stations = observations.stream()
                .collect(Collectors.groupingBy(Observation::station, TreeMap::new, Collectors.toList()));
        Map.Entry<String, List<Observation>> largest = stations.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
                .orElseThrow(() -> new IllegalArgumentException("the file has no observations"));
        TreeMap<Instant, double[]> bySlot = new TreeMap<>();
        largest.getValue().forEach(o -> bySlot.put(pipeline.slot(o.timestamp()), pipeline.vector(o.readings())));
        Instant first = bySlot.firstKey();
        int slots = slot(pipeline, first, bySlot.lastKey()) + 1;
        double[][] rows = new double[slots][pipeline.features().size()];
        Arrays.stream(rows).forEach(row -> Arrays.fill(row, Double.NaN));
        bySlot.forEach((time, row) -> rows[slot(pipeline, first, time)] = row);
        return new ReadingGrid(pipeline, largest.getKey(), first, rows);
    }

    private static int slot(Pipeline pipeline, Instant first, Instant time) {
        return (int)
                (Duration.between(first, time).toMillis() / pipeline.cadence().toMillis());
    }

    int slots() {
        return rows.length;
    }

    Instant time(int slot) {
        return pipeline.after(first, slot);
    }

    /// The same readings, of which only some features are forecast.
    ReadingGrid forTargets(List<String> targets) {
        Pipeline all = pipeline;
        Pipeline some = new Pipeline(
                all.name(), all.features(), targets, all.cadence(), all.lookback(), all.horizons(), all.seasons());
        return new ReadingGrid(some, station, first, rows);
    }

    ReadingGrid copy() {
        return new ReadingGrid(
                pipeline,
                station,
                first,
                Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new));
    }

    /// The observation of a slot as the ingest service passes it on.
    ///
    /// @return empty without a reading, or with one that is not plausible
    Optional<Observation> observation(int slot) {
        return read(slot).filter(this::isPlausible);
    }

    /// The observation of a slot, if the ingest service refuses it.
    Optional<Observation> refused(int slot) {
        return read(slot).filter(observation -> !isPlausible(observation));
    }

    private Optional<Observation> read(int slot) {
        Map<String, Double> readings = new HashMap<>();
        for (int f = 0; f < rows[slot].length; f++) {
            if (!Double.isNaN(rows[slot][f])) {
                readings.put(pipeline.features().get(f).name(), rows[slot][f]);
            }
        }
        return readings.isEmpty()
                ? Optional.empty()
                : Optional.of(new Observation(pipeline.name(), station, time(slot), readings));
    }

    private boolean isPlausible(Observation observation) {
        return pipeline.features().stream()
                .allMatch(feature ->
                        feature.plausible(observation.readings().getOrDefault(feature.name(), feature.minimum())));
    }

    /// The observations of a span of slots.
    List<Observation> observations(int from, int to) {
        List<Observation> all = new ArrayList<>();
        for (int slot = from; slot < to; slot++) {
            observation(slot).ifPresent(all::add);
        }
        return all;
    }
}
