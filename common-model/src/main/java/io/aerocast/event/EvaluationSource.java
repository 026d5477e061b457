package io.aerocast.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Origin of an [Evaluation].
public enum EvaluationSource {
    /// The drift service joined a forecast with the observation of its target time.
    @JsonProperty("matched")
    MATCHED,
    /// A client reported both values over REST.
    @JsonProperty("reported")
    REPORTED
}
