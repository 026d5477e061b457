package io.aerocast.service;

import io.aerocast.event.Codec;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// Adapts a codec to Kafka's serde interface, for Kafka Streams.
///
/// @param codec encodes and decodes the values
/// @param <T> type of the event
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
