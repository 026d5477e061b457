package io.aerocast.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Who compared a forecast with what came true.
public enum EvaluationSource {
    /// The drift service joined a forecast with an observation.
    @JsonProperty("matched")
    MATCHED,
    /// A client reported both over REST.
    @JsonProperty("reported")
    REPORTED
}
