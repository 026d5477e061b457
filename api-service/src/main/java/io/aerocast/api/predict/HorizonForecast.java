package io.aerocast.api.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The forecast of one horizon, in a reply for several.
///
/// @param horizon steps ahead
/// @param forecast in the unit of the reply
/// @param lower lower bound of the prediction interval; absent for persistence
/// @param upper upper bound of the prediction interval; absent for persistence
/// @param weights weight of each part of the blend; absent for other kinds
/// @param target grid time of the forecast, absent without `ts` in the request
/// @param forecastId absent without `station` and `ts` in the request, and for persistence
@JsonInclude(JsonInclude.Include.NON_NULL)
record HorizonForecast(
        int horizon,
        double forecast,
        @Nullable Double lower,
        @Nullable Double upper,
        @Nullable Map<String, Double> weights,
        @Nullable Instant target,
        @Nullable String forecastId) {}
