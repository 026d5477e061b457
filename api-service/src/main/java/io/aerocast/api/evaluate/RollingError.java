package io.aerocast.api.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The rolling error of the newest evaluations of one version of a model at a station.
///
/// @param model the kind of model
/// @param modelVersion the version of the model; a new version starts with its own errors
/// @param horizon steps ahead
/// @param source the comparison's author: the drift service or a client
/// @param rmse root mean square error, in the target's unit
/// @param count number of evaluations in it, at least 1
/// @param newest arrival of the newest of them on the topic, by the broker's clock
/// @param persistenceRmse of persistence, over the evaluations for which it is known; absent without any
/// @param skill 1 − MSE / MSE of persistence over these evaluations: 1 is perfect, 0 is no better than persistence;
///     absent without any, or if persistence has no error
/// @param skillCount number of these evaluations
/// @param coverage share of observed values within their intervals, over the evaluations with a known interval;
///     absent without any
/// @param coverageCount number of evaluations with a known interval
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollingError(
        String model,
        String modelVersion,
        int horizon,
        EvaluationSource source,
        double rmse,
        int count,
        Instant newest,
        @Nullable Double persistenceRmse,
        @Nullable Double skill,
        int skillCount,
        @Nullable Double coverage,
        int coverageCount) {}
