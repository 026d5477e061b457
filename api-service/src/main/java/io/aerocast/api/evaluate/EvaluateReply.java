package io.aerocast.api.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What `POST /eval` answers.
///
/// @param rmse rolling root mean square error, this evaluation included, in the target's unit
/// @param count evaluations that `rmse` covers
/// @param absError of this evaluation, in the target's unit
/// @param driftFlagged whether the station's forecasts drift now
record EvaluateReply(
        double rmse,
        int count,
        @JsonProperty("abs_error") double absError,
        @JsonProperty("drift_flagged") boolean driftFlagged) {}
