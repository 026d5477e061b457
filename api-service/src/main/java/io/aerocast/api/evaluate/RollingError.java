package io.aerocast.api.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The rolling error of a station's newest evaluations.
///
/// @param model the kind of model
/// @param horizon steps ahead
/// @param source the comparison's author: the drift service or a client
/// @param rmse root mean square error, in the target's unit
/// @param count number of evaluations in it, at least 1
/// @param newest arrival of the newest of them on the topic, by the broker's clock
/// @param persistenceRmse of persistence on the same evaluations, absent if unknown for one of them
/// @param skill 1 − MSE / MSE of persistence: 1 is perfect, 0 is no better than persistence; absent if the error of
///     persistence is unknown or 0
/// @param coverage share of observed values within their intervals, absent if unknown for one of them
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollingError(
        String model,
        int horizon,
        EvaluationSource source,
        double rmse,
        int count,
        Instant newest,
        @Nullable Double persistenceRmse,
        @Nullable Double skill,
        @Nullable Double coverage) {}
