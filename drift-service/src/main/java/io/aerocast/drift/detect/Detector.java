package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Detects drift in the forecasts of one pipeline's stations, and faults of their sensors.
public final class Detector {

    private final DetectProperties settings;
    private final Grid grid;
    private final Map<String, Feature> features = new HashMap<>();

    public Detector(Pipeline pipeline, DetectProperties settings) {
        this.settings = settings;
        this.grid = Grid.of(pipeline);
        pipeline.features().forEach(feature -> features.put(feature.name(), feature));
    }

    public Step next(@Nullable StationWatch before, Evaluation matched) {
        StationWatch watch = before == null ? StationWatch.NEW : before;
        Feature feature = features.get(matched.feature());
        FeatureWatch known = watch.features().get(matched.feature());
        if (feature == null || matched.target() == null || known != null && isPast(known, matched)) {
            return new Step(watch, List.of());
        }
        FeatureWatch from = known == null ? Judgement.first(matched) : known;
        Map<String, FeatureWatch> others = new HashMap<>(watch.features());
        others.remove(matched.feature());
        FeatureWatch to = new Judgement(grid, settings, feature, matched, from, others).judge();
        Map<String, FeatureWatch> all = new HashMap<>(watch.features());
        all.put(matched.feature(), to);
        return new Step(new StationWatch(all, List.of()), Changes.between(from, to, matched));
    }

    private static boolean isPast(FeatureWatch known, Evaluation matched) {
        ModelWatch model = known.models().get(matched.model());
        return matched.target().isBefore(known.readings().at()) || model != null && !matched.target().isAfter(model.at());
    }
}
