package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The evaluations of a station that have been judged. An evaluation that is both matched and reported, or
/// delivered twice, counts once.
///
/// @param newest newest target time of a matched evaluation; reported ones do not move it
/// @param targets target times of the latest judged evaluations, in the order of judgement
/// @param forecasts identities of the latest judged forecasts
record Seen(@Nullable Instant newest, List<Instant> targets, List<String> forecasts) {

    private static final int MEMORY = 48;

    static final Seen NONE = new Seen(null, List.of(), List.of());

    Seen {
        targets = List.copyOf(targets);
        forecasts = List.copyOf(forecasts);
    }

    /// Whether an evaluation is certainly new: not judged before, and within the remembered time. For a station
    /// with matched evaluations, a reported one without a target time may repeat one of them and is not new.
    boolean isNew(Evaluation evaluation, Pipeline pipeline) {
        Instant target = evaluation.target();
        String id = evaluation.forecastId();
        if (id != null && forecasts.contains(id)) {
            return false;
        }
        if (newest == null) {
            return target == null || !targets.contains(target);
        }
        if (target == null) {
            return false;
        }
        boolean matched = evaluation.source() == EvaluationSource.MATCHED;
        Duration memory = pipeline.cadence().multipliedBy(MEMORY);
        boolean tooOld = target.isBefore(newest.minus(memory));
        boolean tooNew = !matched && target.isAfter(newest.plus(memory));
        return !tooOld && !tooNew && !targets.contains(target);
    }

    /// Whether an evaluation is older than the newest one. It may count, but its model version may be superseded.
    boolean isPast(Evaluation evaluation) {
        Instant target = evaluation.target();
        return newest != null && target != null && target.isBefore(newest);
    }

    Seen with(Evaluation evaluation) {
        Instant target = evaluation.target();
        boolean newer = evaluation.source() == EvaluationSource.MATCHED
                && target != null
                && (newest == null || target.isAfter(newest));
        return new Seen(newer ? target : newest, latest(targets, target), latest(forecasts, evaluation.forecastId()));
    }

    private static <T> List<T> latest(List<T> list, @Nullable T added) {
        if (added == null) {
            return list;
        }
        List<T> longer = new ArrayList<>(list);
        longer.add(Objects.requireNonNull(added));
        return longer.subList(Math.max(0, longer.size() - MEMORY), longer.size());
    }
}
