package io.aerocast.standalone.driftbench;

import io.aerocast.drift.detect.Transition;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import java.util.Map;
import java.util.TreeMap;

/// The alarms on unchanged readings, as rates a year.
final class CalmRates {

    private static final double YEAR = 8766;

    private final Oracle oracle;
    private final Map<String, Integer> episodes = new TreeMap<>();
    private final Map<String, Integer> unfounded = new TreeMap<>();
    private final Map<String, Integer> degraded = new TreeMap<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private long watched;

    CalmRates(Oracle oracle) {
        this.oracle = oracle;
    }

    void watched(int slots) {
        watched += slots;
    }

    void count(int slot, DriftChanged change) {
        String feature = String.valueOf(change.feature());
        Fault fault = change.fault();
        if (Transition.startsEpisode(change)) {
            episodes.merge(feature, 1, Integer::sum);
            unfounded.merge(feature, oracle.grew(feature, slot) ? 0 : 1, Integer::sum);
        }
        if (change.to() == DriftState.DEGRADED) {
            degraded.merge(feature, 1, Integer::sum);
        }
        if (fault != null) {
            faults.merge(feature + " " + fault.label(), 1, Integer::sum);
        }
    }

    double years() {
        return watched / YEAR;
    }

    /// Episodes of drift, by feature.
    Map<String, Double> episodes() {
        return rates(episodes);
    }

    /// Episodes during which the error had not grown, by feature.
    Map<String, Double> unfounded() {
        return rates(unfounded);
    }

    /// Times that forecasts became degraded, by feature.
    Map<String, Double> degraded() {
        return rates(degraded);
    }

    /// Faults called, by feature and fault.
    Map<String, Double> faults() {
        return rates(faults);
    }

    private Map<String, Double> rates(Map<String, Integer> counts) {
        Map<String, Double> rates = new TreeMap<>();
        counts.forEach((name, count) -> rates.put(name, count / years()));
        return rates;
    }
}
