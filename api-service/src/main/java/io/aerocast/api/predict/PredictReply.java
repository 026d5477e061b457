package io.aerocast.api.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What `POST /predict` answers.
///
/// @param forecast in `unit`
/// @param lower lower bound of the prediction interval, in `unit`
/// @param upper upper bound of the prediction interval, in `unit`
/// @param coverage share of truths that the prediction interval is to hold
/// @param unit the target's unit, such as `°C`
/// @param model the kind of model that made it
/// @param modelVersion the version of the model that made it
/// @param horizon steps ahead
/// @param target grid time that is forecast, absent where the request gave no `ts`
/// @param forecastId absent where the request gave no `station` or no `ts`
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
