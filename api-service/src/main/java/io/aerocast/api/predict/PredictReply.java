package io.aerocast.api.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reply of `POST /v1/predict` for one horizon.
///
/// @param forecast in `unit`
/// @param lower lower bound of the prediction interval, in `unit`; absent for persistence
/// @param upper upper bound of the prediction interval, in `unit`; absent for persistence
/// @param coverage nominal coverage of the prediction interval; absent for persistence
/// @param unit the target's unit, such as `°C`
/// @param model kind of the model
/// @param modelVersion version of the model; absent for persistence
/// @param feature the target
/// @param horizon steps ahead
/// @param extrapolating whether the sequence resembles no training data, which widens the interval
/// @param weights weight of each part of the blend at this horizon; absent for other kinds
/// @param target grid time of the forecast, absent without `ts` in the request
/// @param filled number of rows before the sequence that count as missing; absent if the sequence was long enough
/// @param forecastId absent without `station` and `ts` in the request, and for persistence
@JsonInclude(JsonInclude.Include.NON_NULL)
record PredictReply(
        double forecast,
        @Nullable Double lower,
        @Nullable Double upper,
        @Nullable Double coverage,
        String unit,
        String model,
        @Nullable String modelVersion,
        String pipeline,
        String feature,
        int horizon,
        boolean extrapolating,
        @Nullable Map<String, Double> weights,
        @Nullable Instant target,
        @Nullable Integer filled,
        @Nullable String forecastId)
        implements Predicted {}
