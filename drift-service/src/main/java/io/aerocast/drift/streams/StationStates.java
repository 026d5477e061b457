package io.aerocast.drift.streams;

import io.aerocast.drift.detect.WatchedStation;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// The states of the stations of the partitions that this instance owns.
@FunctionalInterface
public interface StationStates {

    /// By pipeline and station, see [io.aerocast.event.Topics#key(String, String)].
    ///
    /// @throws org.apache.kafka.streams.errors.StreamsException before the streams have started, and while
    ///     partitions move or are restored
    ReadOnlyKeyValueStore<String, WatchedStation> store();
}
