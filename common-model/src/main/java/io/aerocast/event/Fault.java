package io.aerocast.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// A fault of a sensor or of its data path. Retraining does not help, and a model must not learn from it.
public enum Fault {
    /// The same value again and again.
    @JsonProperty("stuck")
    STUCK,
    /// Readings that leave the course of the others and return at once.
    @JsonProperty("spikes")
    SPIKES,
    /// One feature moved by a constant in one step, while the others did not.
    @JsonProperty("offset")
    OFFSET,
    /// Values that are right in another unit, such as degrees Fahrenheit.
    @JsonProperty("unit-change")
    UNIT_CHANGE,
    /// Values outside the plausible range, which the ingest service refuses.
    @JsonProperty("implausible")
    IMPLAUSIBLE,
    /// Too few readings arrive.
    @JsonProperty("dropout")
    DROPOUT,
    /// Readings are stamped with a time that is off by a constant.
    @JsonProperty("clock-shift")
    CLOCK_SHIFT,
    /// The noise of the sensor has grown beyond anything that the weather explains.
    @JsonProperty("noise")
    NOISE;

    /// The name on the wire and in metrics.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
