package io.aerocast.event;

/// The headers of a dead letter, UTF-8 text. Key and value of the record are those received.
public final class DeadLetter {

    /// What was expected and what was found, in one sentence.
    public static final String REASON = "aerocast.reason";

    /// Where the payload came from: `source NAME`, or `topic-partition@offset`.
    public static final String ORIGIN = "aerocast.origin";

    /// When it was rejected, ISO-8601.
    public static final String REJECTED_AT = "aerocast.rejected-at";

    /// The observation, encoded as in [Topics#OBSERVATIONS]; absent if it could not be read, or is longer than 4 KiB.
    public static final String OBSERVATION = "aerocast.observation";

    private DeadLetter() {}
}
