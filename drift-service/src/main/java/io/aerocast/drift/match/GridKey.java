package io.aerocast.drift.match;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// Key of a [GridTime]. The bytes of the keys of one series sort by time.
///
/// @param series pipeline, station and feature
/// @param slot grid time, in epoch milliseconds
record GridKey(String series, long slot) {

    /// The series in UTF-8, a zero byte, and the time in big-endian order with the sign bit inverted.
    static final class KeySerde implements Serde<GridKey> {

        @Override
        public Serializer<GridKey> serializer() {
            return (_, key) -> {
                byte[] series = key.series.getBytes(StandardCharsets.UTF_8);
                return ByteBuffer.allocate(series.length + 1 + Long.BYTES)
                        .put(series)
                        .put((byte) 0)
                        .putLong(key.slot ^ Long.MIN_VALUE)
                        .array();
            };
        }

        @Override
        public Deserializer<GridKey> deserializer() {
            return (_, bytes) -> {
                int length = bytes.length - 1 - Long.BYTES;
                String series = new String(bytes, 0, length, StandardCharsets.UTF_8);
                return new GridKey(series, ByteBuffer.wrap(bytes).getLong(length + 1) ^ Long.MIN_VALUE);
            };
        }
    }
}
