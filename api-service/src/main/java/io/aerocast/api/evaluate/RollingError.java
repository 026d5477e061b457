package io.aerocast.api.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The error of a station's newest evaluations.
///
/// @param model the kind of model
/// @param horizon steps ahead
/// @param source who compared forecast and truth
/// @param rmse root mean square error, in the target's unit
/// @param count evaluations that it covers, at least 1
/// @param newest when the newest of them came to its topic, by the broker's clock
/// @param persistenceRmse of persistence on the same evaluations, absent where it is unknown for one of them
/// @param skill 1 − MSE / MSE of persistence: 1 is perfect, 0 is no better than persistence; absent where
///     persistence is unknown or without error
/// @param coverage part of the truths that lay within their interval, absent where the interval of one is unknown
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
