package io.aerocast.event;

/// A Kafka topic and its records.
///
/// @param name the topic's name, with its version
/// @param key content of the record key
/// @param content content of the record value, in one line
/// @param kept how long records are kept
/// @param codec encodes and decodes the record value
/// @param <T> the event
public record Topic<T>(String name, String key, String content, Retention kept, Codec<T> codec) {

    /// How long a topic's records are kept.
    public enum Retention {
        /// For the broker's configured time.
        TIME,
        /// The newest record of each key, without a time limit.
        COMPACTED
    }
}
