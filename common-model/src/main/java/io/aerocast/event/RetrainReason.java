package io.aerocast.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why a model is retrained.
public enum RetrainReason {
    /// The errors of the serving model grew.
    @JsonProperty("drift")
    DRIFT,
    /// What is served has lost its skill or its coverage.
    @JsonProperty("degraded")
    DEGRADED,
    /// The last training is older than the configured age.
    @JsonProperty("schedule")
    SCHEDULE,
    /// A person, or a `retrain.flag`, asked for it.
    @JsonProperty("manual")
    MANUAL;

    /// The name on the wire, in logs and in metrics.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The reason of a label.
    ///
    /// @throws IllegalArgumentException if there is none, naming those that exist
    public static RetrainReason of(String label) {
        for (RetrainReason reason : values()) {
            if (reason.label().equals(label)) {
                return reason;
            }
        }
        throw new IllegalArgumentException(
                "Unknown retrain reason '%s' (known: drift, degraded, schedule, manual)".formatted(label));
    }
}
