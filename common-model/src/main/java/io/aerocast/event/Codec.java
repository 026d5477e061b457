package io.aerocast.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// Encodes events as JSON objects whose first field, `schema`, is the version of the format. Unknown fields are
/// skipped, since a newer producer may add some; an unknown version is refused.
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
    private final byte[] head;
    private final ObjectReader reader;

    /// A codec for a record with at least one component. [Topics] holds the codecs of the topics; a service creates
    /// further ones for its own files and stores.
    ///
    /// @param version of the format, increased by every change that old readers would misread
    public Codec(Class<T> type, int version) {
        this.type = type;
        this.version = version;
        this.head = "{\"schema\":%d,".formatted(version).getBytes(StandardCharsets.UTF_8);
        this.reader = MAPPER.readerFor(type);
    }

    /// Encodes an event.
    public byte[] encode(T event) {
        byte[] fields = MAPPER.writeValueAsBytes(event);
        byte[] bytes = Arrays.copyOf(head, head.length + fields.length - 1);
        System.arraycopy(fields, 1, bytes, head.length, fields.length - 1);
        return bytes;
    }

    /// Decodes an event.
    ///
    /// @throws UnreadableEventException if the bytes are not a JSON object of a known version, or not a valid event
    public T decode(byte[] bytes) {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            return startsWithVersion(parser) ? reader.readValue(parser) : decodeTree(bytes);
        } catch (JacksonException e) {
            throw new UnreadableEventException(
                    "Cannot read %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    /// Whether the first field is the version, as [#encode] writes it; the parser is then at the next field.
    private boolean startsWithVersion(JsonParser parser) {
        boolean starts = parser.nextToken() == JsonToken.START_OBJECT
                && "schema".equals(parser.nextName())
                && parser.nextToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getValueAsInt(-1) == version;
        return starts && parser.nextToken() == JsonToken.PROPERTY_NAME;
    }

    /// Slow path: other producers may write the fields in another order.
    private T decodeTree(byte[] bytes) {
        JsonNode json = MAPPER.readTree(bytes);
        requireVersion(json);
        return MAPPER.treeToValue(json, type);
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
