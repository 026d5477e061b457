package io.aerocast.lake;

import io.aerocast.event.Observation;
import java.time.Instant;

/// An observation and its position in the observations topic. Partition and offset identify it.
///
/// @param partition partition of the observations topic
/// @param offset offset in that partition
/// @param arrivedAt when the broker received the record; the timestamp of the readings is in `observation`
public record LandedObservation(Observation observation, int partition, long offset, Instant arrivedAt) {

    public LandedObservation {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "A partition and an offset must be at least 0, found %d and %d".formatted(partition, offset));
        }
    }
}
