package io.aerocast.api.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The reply of `POST /predict`.
///
/// @param forecast in `unit`
/// @param lower lower bound of the prediction interval, in `unit`
/// @param upper upper bound of the prediction interval, in `unit`
/// @param coverage nominal coverage of the prediction interval
/// @param unit the target's unit, such as `°C`
/// @param model kind of the model
/// @param modelVersion version of the model
/// @param horizon steps ahead
/// @param target grid time of the forecast, absent without `ts` in the request
/// @param forecastId absent without `station` and `ts` in the request
@JsonInclude(JsonInclude.Include.NON_NULL)
record PredictReply(
        double forecast,
        double lower,
        double upper,
        double coverage,
        String unit,
        String model,
        String modelVersion,
        String pipeline,
        int horizon,
        @Nullable Instant target,
        @Nullable String forecastId) {}
