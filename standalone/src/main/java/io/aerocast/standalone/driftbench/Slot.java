package io.aerocast.standalone.driftbench;

import io.aerocast.event.Evaluation;
import io.aerocast.forecast.ModelKinds;
import java.util.List;

/// The evaluations of one slot.
record Slot(int slot, List<Evaluation> evaluations) {

    /// Observed minus forecast by the blend; `NaN` if the feature was not observed or not forecast.
    double residual(String feature, int horizon) {
        return evaluations.stream()
                .filter(e -> e.model().equals(ModelKinds.BLEND) && e.feature().equals(feature))
                .flatMap(e -> e.pairs().stream()
                        .filter(pair -> pair.horizon() == horizon)
                        .map(pair -> pair.residual(e.actual())))
                .findFirst()
                .orElse(Double.NaN);
    }
}
