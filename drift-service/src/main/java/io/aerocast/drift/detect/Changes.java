package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import java.util.List;
import java.util.Map;

final class Changes {
    static List<DriftChanged> between(FeatureWatch from, FeatureWatch to, Evaluation e) {
        if (from.state() == to.state() && from.fault() == to.fault()) {
            return List.of();
        }
        Episode episode = to.episode();
        return List.of(new DriftChanged(e.pipeline(), e.station(), e.feature(), e.model(), e.pairs().getFirst().modelVersion(),
            e.pairs().getLast().horizon(), to.fault(), from.state(), to.state(), e.target(),
            episode == null ? null : episode.changedSince(), episode == null ? null : episode.id(e.pipeline(), e.station(), e.feature()),
            "x " , Map.of("size", to.size().statistic(), "above", to.above().statistic(), "below", to.below().statistic())));
    }
}
