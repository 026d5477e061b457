package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state store's value for a station of a pipeline. Immutable.
///
/// @param heardAt the pipeline's clock at the latest evaluation, see [io.aerocast.drift.station.Roster]
/// @param judged newest target time in epoch milliseconds by kind of model, by feature
/// @param last the last change of state, by feature; a feature that is calm from its beginning has none
/// @param watch the detector's state, or `null` before the first evaluation
public record WatchedStation(
        long heardAt,
        Map<String, Map<String, Long>> judged,
        Map<String, DriftChanged> last,
        @Nullable StationWatch watch) {

    static final WatchedStation NEW = new WatchedStation(Long.MIN_VALUE, Map.of(), Map.of(), null);

    /// The state of each feature that is watched.
    public Map<String, DriftState> states() {
        Map<String, DriftState> states = new TreeMap<>();
        judged.keySet().forEach(feature -> states.put(feature, state(feature)));
        return states;
    }

    /// The state of a feature.
    public DriftState state(String feature) {
        DriftChanged change = last.get(feature);
        return change == null ? DriftState.CALM : change.to();
    }

    /// The present evidence of each test.
    public List<DetectorEvidence> evidence() {
        return watch == null ? List.of() : watch.evidence();
    }

    boolean watches(String feature) {
        return judged.containsKey(feature);
    }

    /// Whether the target time of an evaluation is later than all judged ones of its feature and kind of model.
    /// Others are repetitions, or forecasts and observations that arrived behind newer ones.
    boolean isNew(Evaluation evaluation, long target) {
        Long newest = judged.getOrDefault(evaluation.feature(), Map.of()).get(evaluation.model());
        return newest == null || target > newest;
    }

    WatchedStation after(DetectorStep step) {
        return new WatchedStation(heardAt, judged, changed(step), step.after());
    }

    WatchedStation after(Evaluation evaluation, long target, long heardAt, DetectorStep step) {
        Map<String, Map<String, Long>> times = new TreeMap<>(judged);
        Map<String, Long> models = new TreeMap<>(times.getOrDefault(evaluation.feature(), Map.of()));
        models.put(evaluation.model(), target);
        times.put(evaluation.feature(), models);
        return new WatchedStation(heardAt, times, changed(step), step.after());
    }

    private Map<String, DriftChanged> changed(DetectorStep step) {
        Map<String, DriftChanged> changes = new TreeMap<>(last);
        step.changes().forEach(change -> changes.put(String.valueOf(change.feature()), change));
        return changes;
    }
}
