package io.aerocast.api.predict;

import io.aerocast.api.http.Problem;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /v1/predict`, also `/predict`: forecasts from the readings in the request. Body: see [PredictRequest]. Reply:
/// [PredictReply];
/// nothing is stored. Errors: 400 for an invalid body, 503 if no model of the requested kind serves the feature.
@RestController
final class PredictController {

    /// For metrics: a request that names no pipeline or model that exists must not name a time series.
    private static final String NONE = "none";

    private final Pipelines pipelines;
    private final RequestForecaster forecaster;
    private final MeterRegistry meters;

    PredictController(Pipelines pipelines, RequestForecaster forecaster, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.forecaster = forecaster;
        this.meters = meters;
    }

    @PostMapping(
            path = {"/predict", "/v1/predict"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    PredictReply predict(@RequestBody JsonNode body) {
        PredictRequest request = read(body);
        try {
            PredictReply reply = forecaster.forecast(request);
            count(request, "served");
            return reply;
        } catch (Problem e) {
            count(request, e.getStatusCode().is5xxServerError() ? "unavailable" : "rejected");
            throw e;
        }
    }

    private PredictRequest read(JsonNode body) {
        try {
            return PredictRequest.read(body, pipelines);
        } catch (Problem e) {
            count(NONE, NONE, NONE, "rejected");
            throw e;
        }
    }

    private void count(PredictRequest request, String outcome) {
        Pipeline view = request.view();
        count(view.name(), view.target().name(), request.kind(), outcome);
    }

    private void count(String pipeline, String feature, String model, String outcome) {
        Counter.builder("aerocast.predictions")
                .description("Requests for a prediction, by outcome")
                .tags("pipeline", pipeline, "feature", feature, "model", model, "outcome", outcome)
                .register(meters)
                .increment();
    }
}
