package io.aerocast.service;

import io.aerocast.event.Topic;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// A topic's codec as Kafka's own interface, for Kafka Streams.
///
/// @param topic the topic whose values are read and written
/// @param <T> the event
public record TopicSerde<T>(Topic<T> topic) implements Serde<T> {

    @Override
    public Serializer<T> serializer() {
        return (_, event) -> event == null ? null : topic.codec().encode(event);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (_, bytes) -> bytes == null ? null : topic.codec().decode(bytes);
    }
}
