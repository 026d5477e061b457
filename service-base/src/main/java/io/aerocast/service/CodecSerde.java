package io.aerocast.service;

import io.aerocast.event.Codec;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// A codec as Kafka's own interface, for Kafka Streams.
///
/// @param codec reads and writes the values
/// @param <T> the event
public record CodecSerde<T>(Codec<T> codec) implements Serde<T> {

    @Override
    public Serializer<T> serializer() {
        return (_, event) -> event == null ? null : codec.encode(event);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (_, bytes) -> bytes == null ? null : codec.decode(bytes);
    }
}
