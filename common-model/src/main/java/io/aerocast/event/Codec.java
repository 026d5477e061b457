package io.aerocast.event;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Turns events into bytes and back: JSON objects whose first field, `schema`, is the version of their form.
/// A field that a newer producer added is skipped; a version that this reader does not know is refused.
///
/// @param <T> the event
public final class Codec<T> {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Class<T> type;
    private final int version;

    /// A codec for a record. The codecs of the topics are in [Topics]; others are for what a service keeps for
    /// itself.
    ///
    /// @param version of the form; a change that old readers would misread takes the next one
    public Codec(Class<T> type, int version) {
        this.type = type;
        this.version = version;
    }

    /// The bytes of an event.
    public byte[] encode(T event) {
        ObjectNode json = MAPPER.createObjectNode().put("schema", version);
        json.setAll((ObjectNode) MAPPER.valueToTree(event));
        return MAPPER.writeValueAsBytes(json);
    }

    /// The event that some bytes hold.
    ///
    /// @throws UnreadableEventException if they are no JSON object, of an unknown version, or no valid event
    public T decode(byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            requireVersion(json);
            return MAPPER.treeToValue(json, type);
        } catch (JacksonException e) {
            throw new UnreadableEventException(
                    "Cannot read %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    private void requireVersion(JsonNode json) {
        JsonNode schema = json.path("schema");
        if (!json.isObject() || !schema.isInt()) {
            throw new UnreadableEventException("Cannot read %s: expected a JSON object with an integer field 'schema'"
                    .formatted(type.getSimpleName()));
        }
        if (schema.intValue() != version) {
            throw new UnreadableEventException("Cannot read %s schema version %d (supported: %d)"
                    .formatted(type.getSimpleName(), schema.intValue(), version));
        }
    }
}
