package io.aerocast.api.topic;

import java.time.Instant;

/// Handles the events of a topic one by one, in the order of each partition. After a fault an event may be
/// delivered twice.
///
/// @param <T> the event
@FunctionalInterface
public interface EventHandler<T> {

    /// @param offset of the event in its partition; events of one key share a partition
    /// @param arrived its arrival on the topic, by the broker's clock
    void handle(T event, long offset, Instant arrived);
}
