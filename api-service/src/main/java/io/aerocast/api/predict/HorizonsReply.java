package io.aerocast.api.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reply of `POST /v1/predict` for several horizons.
///
/// @param forecasts in the order of the request
/// @param coverage nominal coverage of the prediction intervals; absent for persistence
/// @param unit of all values, such as `°C`
/// @param model kind of the model
/// @param modelVersion version of the model; absent for persistence
/// @param feature the target
/// @param extrapolating whether the sequence resembles no training data, which widens the intervals
/// @param filled number of rows before the sequence that count as missing; absent if the sequence was long enough
@JsonInclude(JsonInclude.Include.NON_NULL)
record HorizonsReply(
        List<HorizonForecast> forecasts,
        @Nullable Double coverage,
        String unit,
        String model,
        @Nullable String modelVersion,
        String pipeline,
        String feature,
        boolean extrapolating,
        @Nullable Integer filled)
        implements Predicted {}
