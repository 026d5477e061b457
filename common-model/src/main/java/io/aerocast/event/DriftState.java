package io.aerocast.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// State of the forecasts of a station.
public enum DriftState {
    @JsonProperty("calm")
    CALM,
    @JsonProperty("warning")
    WARNING,
    /// What is served has been worse than persistence, or outside its intervals too often, for long; the errors
    /// need not have grown.
    @JsonProperty("degraded")
    DEGRADED,
    @JsonProperty("drift")
    DRIFT,
    /// The readings are faulty, not the model: retraining does not help.
    @JsonProperty("sensor-fault")
    SENSOR_FAULT;

    /// The name on the wire and in metrics.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
