package io.aerocast.standalone.driftbench;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ModelKinds;
import java.util.List;
import java.util.Optional;

/// The evaluations of one slot.
///
/// @param arrived the observation, if there is one and the ingest service accepts it
/// @param refused the observation, if the ingest service refuses it
record Slot(int slot, Optional<Observation> arrived, List<Evaluation> evaluations, Optional<Observation> refused) {

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
