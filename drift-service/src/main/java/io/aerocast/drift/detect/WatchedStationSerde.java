package io.aerocast.drift.detect;

import io.aerocast.event.Codec;
import io.aerocast.event.UnreadableEventException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads and writes the states of stations. A state that another version of AeroCast wrote and this one cannot read
/// counts as absent: the station is watched anew.
final class WatchedStationSerde implements Serde<WatchedStation> {

    private static final Logger log = LoggerFactory.getLogger(WatchedStationSerde.class);

    private final Codec<WatchedStation> codec = new Codec<>(WatchedStation.class, 1);

    @Override
    public Serializer<WatchedStation> serializer() {
        return (_, station) -> station == null ? null : codec.encode(station);
    }

    @Override
    public Deserializer<WatchedStation> deserializer() {
        return (_, bytes) -> bytes == null ? null : readable(bytes);
    }

    private @Nullable WatchedStation readable(byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (UnreadableEventException e) {
            log.atWarn().addKeyValue("cause", e.getMessage()).log("state of a station cannot be read and begins anew");
            return null;
        }
    }
}
