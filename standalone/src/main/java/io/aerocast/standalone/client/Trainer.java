package io.aerocast.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the trainer service.
public final class Trainer implements AutoCloseable {

    private final JsonClient client;

    /// @param base such as `http://127.0.0.1:8002`
    public Trainer(URI base) {
        this.client = new JsonClient(base);
    }

    /// A model in the place of another.
    ///
    /// @param model the kind
    /// @param version what serves now
    /// @param before what served until now
    public record Served(String pipeline, String model, String version, String before) {}

    /// Puts an earlier model back into service.
    ///
    /// @param kind `gru` or `seasonal`
    /// @param version the version to serve, or `null` for the one that the present version replaced
    /// @param note why, or `null`
    /// @throws IOException if the trainer does not answer, or refuses, in which case the message is its own
    public Served rollBack(String pipeline, String kind, @Nullable String version, @Nullable String note)
            throws IOException, InterruptedException {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("pipeline", pipeline);
        wish.put("model", kind);
        if (version != null) {
            wish.put("version", version);
        }
        if (note != null) {
            wish.put("note", note);
        }
        JsonNode served = client.post("/rollback", wish);
        return new Served(
                served.required("pipeline").asString(),
                served.required("model").asString(),
                served.required("version").asString(),
                served.required("before").asString());
    }

    @Override
    public void close() {
        client.close();
    }
}
