package io.aerocast.standalone.client;

import io.aerocast.forecast.Lookback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the api service.
public final class Api implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI base;

    /// @param base such as `http://127.0.0.1:8000`
    public Api(URI base) {
        this.base = base;
    }

    /// What the api answered to `POST /predict`.
    ///
    /// @param forecast in the target's unit
    /// @param forecastId identity of the forecast, or `null` where the request named no station
    public record Answer(
            double forecast,
            String model,
            String modelVersion,
            @Nullable String forecastId) {}

    /// Asks for a forecast of a pipeline's first horizon.
    ///
    /// @param kind `gru` or `seasonal`
    /// @throws IOException if the api does not answer, or refuses, in which case the message is its own
    public Answer predict(String pipeline, String kind, String station, Lookback lookback)
            throws IOException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("pipeline", pipeline);
        request.put("model", kind);
        request.put("station", station);
        if (lookback.origin() != null) {
            request.put("ts", lookback.origin().toString());
        }
        request.put("sequence", sequence(lookback));
        JsonNode reply = post("/predict", request);
        return new Answer(
                reply.required("forecast").asDouble(),
                reply.required("model").asString(),
                reply.required("modelVersion").asString(),
                reply.path("forecastId").asString(null));
    }

    /// Reports what came true.
    ///
    /// @return what the api answered to `POST /eval`
    /// @throws IOException if the api does not answer, or refuses
    public JsonNode evaluate(Map<String, Object> report) throws IOException, InterruptedException {
        return post("/eval", report);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode reply = json(response.body());
        if (response.statusCode() != 200) {
            throw new IOException("POST %s gave %d: %s"
                    .formatted(path, response.statusCode(), reply.path("detail").asString("no detail")));
        }
        return reply;
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new IOException("The api answered something else than JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// A missing reading is `null` on the wire.
    private static List<List<@Nullable Double>> sequence(Lookback lookback) {
        List<List<@Nullable Double>> rows = new ArrayList<>();
        for (double[] row : lookback.rows()) {
            List<@Nullable Double> cells = new ArrayList<>();
            for (double value : row) {
                cells.add(Double.isNaN(value) ? null : value);
            }
            rows.add(cells);
        }
        return rows;
    }
}
