package io.aerocast.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the drift service.
public final class Drift implements AutoCloseable {

    private final JsonClient client;

    /// @param base such as `http://127.0.0.1:8003`
    public Drift(URI base) {
        this.client = new JsonClient(base);
    }

    /// The drift state of each target, with the evidence of each test.
    ///
    /// @param pipeline its name, or `null` for all
    /// @param station its name, or `null` for all
    /// @return the reply to `GET /drift`
    /// @throws IOException if the service does not reply or replies with an error; the message is the service's own
    public JsonNode evidence(@Nullable String pipeline, @Nullable String station)
            throws IOException, InterruptedException {
        Map<String, @Nullable String> query = new LinkedHashMap<>();
        query.put("pipeline", pipeline);
        query.put("station", station);
        return client.get("/drift", query);
    }

    @Override
    public void close() {
        client.close();
    }
}
