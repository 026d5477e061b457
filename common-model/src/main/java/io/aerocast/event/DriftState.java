package io.aerocast.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a station's forecasts are doing.
public enum DriftState {
    @JsonProperty("calm")
    CALM,
    @JsonProperty("warning")
    WARNING,
    @JsonProperty("drift")
    DRIFT,
    /// The readings, not the model, are at fault: no retraining helps.
    @JsonProperty("sensor-fault")
    SENSOR_FAULT;

    /// The name on the wire and in metrics.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
