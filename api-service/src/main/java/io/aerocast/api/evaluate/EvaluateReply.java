package io.aerocast.api.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The reply of `POST /eval`.
///
/// @param rmse rolling root mean square error, this evaluation included, in the target's unit
/// @param count number of evaluations in `rmse`
/// @param absError of this evaluation, in the target's unit
/// @param driftFlagged whether the target of the station is in the drift state `drift`
/// @param modelVersion the version of the model that `rmse` is of, `unknown` if the report names none
record EvaluateReply(
        double rmse,
        int count,
        @JsonProperty("abs_error") double absError,
        @JsonProperty("drift_flagged") boolean driftFlagged,
        String modelVersion) {}
