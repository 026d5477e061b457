package io.aerocast.api.feed;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The data of an event, serialised when the first client needs them, and once for all.
final class EventData {

    private final Object data;
    private volatile byte @Nullable [] json;

    EventData(Object data) {
        this.data = data;
    }

    byte[] json(JsonMapper mapper) {
        byte[] known = json;
        if (known == null) {
            known = mapper.writeValueAsBytes(data);
            json = known;
        }
        return known;
    }
}
