package io.aerocast.event;

/// The record headers of a dead letter, each UTF-8 text. The record's key and value are those received.
public final class DeadLetter {

    /// One sentence: what was expected and what was found.
    public static final String REASON = "aerocast.reason";

    /// Where the payload came from: `source NAME`, or `topic-partition@offset`.
    public static final String ORIGIN = "aerocast.origin";

    /// When it was rejected, ISO-8601.
    public static final String REJECTED_AT = "aerocast.rejected-at";

    private DeadLetter() {}
}
