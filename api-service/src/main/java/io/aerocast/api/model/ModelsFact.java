package io.aerocast.api.model;

import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.ModelPublished;
import io.aerocast.service.HealthFact;
import java.util.Map;
import java.util.TreeMap;

/// `models`: the version that serves, by pipeline, feature and kind.
///
/// @param published the models that were published before the start, which may not serve yet
record ModelsFact(ServedModels served, TopicFollower<ModelPublished> published) implements HealthFact {

    @Override
    public Map<String, Object> facts() {
        Map<String, Map<String, Map<String, String>>> versions = new TreeMap<>();
        served.all()
                .forEach(m -> versions.computeIfAbsent(m.card().pipeline(), _ -> new TreeMap<>())
                        .computeIfAbsent(m.card().target(), _ -> new TreeMap<>())
                        .put(m.card().model(), m.version()));
        return Map.of("models", versions);
    }

    @Override
    public boolean ok() {
        return published.caughtUp();
    }
}
