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

/// Which evaluations of a station have been judged, so that one that is both matched and reported, or delivered
/// again, counts once.
///
/// @param newest the newest target of a matched evaluation; what clients report does not move it
/// @param targets the latest targets judged, in the order of their judgement
/// @param forecasts identities of the latest forecasts judged
record Seen(@Nullable Instant newest, List<Instant> targets, List<String> forecasts) {

    private static final int MEMORY = 48;

    static final Seen NOTHING = new Seen(null, List.of(), List.of());

    Seen {
        targets = List.copyOf(targets);
        forecasts = List.copyOf(forecasts);
    }

    /// Whether an evaluation is new, and near enough in time to be sure of it. Where a station's evaluations are
    /// matched, a reported one without a time may well repeat one of them, and does not count.
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

    /// Whether an evaluation lies before the newest one. It may count, but it does not say which model forecasts now.
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

    private static <T> List<T> latest(List<T> list, @Nullable T one) {
        if (one == null) {
            return list;
        }
        List<T> longer = new ArrayList<>(list);
        longer.add(Objects.requireNonNull(one));
        return longer.subList(Math.max(0, longer.size() - MEMORY), longer.size());
    }
}
