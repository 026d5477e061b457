package io.aerocast.drift.match;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One grid time of one station: the forecasts made for it and what came true. Each forecast meets the observation
/// once, whichever arrives first and however often either arrives.
///
/// @param actual the target's first reading at this grid time, in its unit, or `null` while there is none
/// @param waiting forecasts that wait for it
/// @param evaluated identities of the forecasts that have met it
record TargetSlot(@Nullable Double actual, List<Forecast> waiting, List<String> evaluated) {

    static final TargetSlot EMPTY = new TargetSlot(null, List.of(), List.of());

    TargetSlot {
        waiting = List.copyOf(waiting);
        evaluated = List.copyOf(evaluated);
    }

    /// What a slot became, and which forecasts met their observation.
    record Met(TargetSlot slot, List<Evaluation> evaluations) {}

    Met observed(double reading) {
        if (actual != null) {
            return new Met(this, List.of());
        }
        List<String> ids = waiting.stream().map(Forecast::id).toList();
        List<Evaluation> evaluations =
                waiting.stream().map(f -> evaluation(f, reading)).toList();
        return new Met(new TargetSlot(reading, List.of(), ids), evaluations);
    }

    Met forecast(Forecast forecast) {
        if (knows(forecast.id())) {
            return new Met(this, List.of());
        }
        return actual == null
                ? new Met(new TargetSlot(null, with(waiting, forecast), evaluated), List.of())
                : new Met(
                        new TargetSlot(actual, waiting, with(evaluated, forecast.id())),
                        List.of(evaluation(forecast, actual)));
    }

    private boolean knows(String id) {
        return evaluated.contains(id) || waiting.stream().anyMatch(f -> f.id().equals(id));
    }

    private static Evaluation evaluation(Forecast forecast, double actual) {
        return new Evaluation(
                forecast.id(),
                forecast.pipeline(),
                forecast.station(),
                forecast.model(),
                forecast.modelVersion(),
                forecast.target(),
                forecast.horizon(),
                forecast.value(),
                actual,
                forecast.persistence(),
                EvaluationSource.MATCHED,
                forecast.lower(),
                forecast.upper());
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> longer = new ArrayList<>(list);
        longer.add(one);
        return longer;
    }
}
