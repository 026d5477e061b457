package io.aerocast.standalone.client;

import io.aerocast.forecast.Lookback;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of the api service.
public final class Api implements AutoCloseable {

    private final JsonClient client;

    /// @param base such as `http://127.0.0.1:8000`
    public Api(URI base) {
        this.client = new JsonClient(base);
    }

    /// The reply to `POST /predict`.
    ///
    /// @param forecast in the target's unit
    /// @param forecastId id of the forecast, or `null` if the request named no station
    public record Answer(
            double forecast,
            String model,
            String modelVersion,
            @Nullable String forecastId) {}

    /// Requests a forecast of a pipeline's first horizon.
    ///
    /// @param feature name of the feature to forecast, or `null` for the pipeline's first one
    /// @param kind one of [io.aerocast.forecast.ModelKinds#ALL]
    /// @param lookback rows in the order of the pipeline's features
    /// @throws IOException if the api does not reply or replies with an error; the message is the api's own
    public Answer predict(String pipeline, @Nullable String feature, String kind, String station, Lookback lookback)
            throws IOException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("pipeline", pipeline);
        if (feature != null) {
            request.put("feature", feature);
        }
        request.put("model", kind);
        request.put("station", station);
        if (lookback.origin() != null) {
            request.put("ts", lookback.origin().toString());
        }
        request.put("sequence", sequence(lookback));
        JsonNode reply = client.post("/predict", request);
        return new Answer(
                reply.required("forecast").asDouble(),
                reply.required("model").asString(),
                reply.required("modelVersion").asString(),
                reply.path("forecastId").asString(null));
    }

    /// Reports an observed value beside its forecast.
    ///
    /// @return the reply to `POST /eval`
    /// @throws IOException if the api does not reply or replies with an error
    public JsonNode evaluate(Map<String, Object> report) throws IOException, InterruptedException {
        return client.post("/eval", report);
    }

    @Override
    public void close() {
        client.close();
    }

    /// A missing reading is `null` in JSON.
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
