package io.aerocast.drift.match;

import io.aerocast.drift.match.TargetSlot.Met;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The slots of the stations of one partition. A station's slots are forgotten once its newest time has passed them
/// by the pipeline's largest horizon and the grace.
///
/// @param slots by pipeline, station and grid time
/// @param newest milliseconds of the newest grid time, by pipeline and station
/// @param grace in steps of the pipeline's cadence
record TargetSlots(KeyValueStore<String, TargetSlot> slots, KeyValueStore<String, Long> newest, int grace) {

    /// Moves a station's time forward and forgets what lies too far behind it.
    ///
    /// @param now grid time of an observation, or of a forecast's origin
    void advance(Pipeline pipeline, String station, Instant now) {
        String member = Topics.key(pipeline.name(), station);
        Long before = newest.get(member);
        if (before == null || before < now.toEpochMilli()) {
            newest.put(member, now.toEpochMilli());
            forget(member, oldest(pipeline, now));
        }
    }

    /// Whether a grid time is already forgotten.
    boolean tooLate(Pipeline pipeline, String station, Instant slot) {
        Long now = newest.get(Topics.key(pipeline.name(), station));
        return now != null && slot.isBefore(oldest(pipeline, Instant.ofEpochMilli(now)));
    }

    /// Lets something happen to a slot.
    ///
    /// @return the forecasts that met their observation
    List<Evaluation> update(Pipeline pipeline, String station, Instant slot, Function<TargetSlot, Met> change) {
        String key = key(Topics.key(pipeline.name(), station), slot.toEpochMilli());
        TargetSlot before = slots.get(key);
        Met met = change.apply(before == null ? TargetSlot.EMPTY : before);
        if (!met.slot().equals(before)) {
            slots.put(key, met.slot());
        }
        return met.evaluations();
    }

    private Instant oldest(Pipeline pipeline, Instant now) {
        return pipeline.after(now, -(pipeline.horizons().getLast() + grace));
    }

    private void forget(String member, Instant before) {
        List<String> forgotten = new ArrayList<>();
        try (KeyValueIterator<String, TargetSlot> old =
                slots.range(key(member, 0), key(member, Math.max(0, before.toEpochMilli() - 1)))) {
            old.forEachRemaining(e -> forgotten.add(e.key));
        }
        forgotten.forEach(slots::delete);
    }

    /// Zero-padded, so that keys sort by time.
    private static String key(String member, long millis) {
        return "%s/%019d".formatted(member, millis);
    }
}
