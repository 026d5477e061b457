package io.aerocast.api.topic;

import java.time.Instant;

/// Takes the events of a topic, one after the other, in the order of each partition. After a fault an event may
/// come twice.
///
/// @param <T> the event
@FunctionalInterface
public interface EventHandler<T> {

    /// @param offset where the event lies in its partition; events of one key share a partition
    /// @param arrived when it came to the topic, by the broker's clock
    void handle(T event, long offset, Instant arrived);
}
