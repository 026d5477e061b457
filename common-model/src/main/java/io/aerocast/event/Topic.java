package io.aerocast.event;

/// One Kafka topic and what it carries.
///
/// @param name the topic's name, with its version
/// @param key what the record key says
/// @param content what the record value says, in one line
/// @param kept how long records are kept
/// @param codec how values become bytes
/// @param <T> the event
public record Topic<T>(String name, String key, String content, Retention kept, Codec<T> codec) {

    /// How long a topic's records are kept.
    public enum Retention {
        /// For the broker's configured time.
        TIME,
        /// The newest record of each key, for ever.
        COMPACTED
    }
}
