package io.aerocast.api.predict;

import io.aerocast.api.predict.BatchReply.Outcome;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.http.Problem;
import io.aerocast.service.http.RequestFields;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /v1/predict`, also `/predict`: forecasts from the readings in the request. Body: see [PredictRequest], or
/// `{"instances": […]}` of such bodies. Reply: [PredictReply], [HorizonsReply] or [BatchReply]; nothing is stored.
/// Errors: 400 for an invalid body, 503 if no model of the requested kind serves the feature; for a batch they are
/// those of each instance.
@RestController
final class PredictController {

    /// For metrics: a request that names no pipeline or model that exists must not name a time series.
    private static final String NONE = "none";

    private static final String INSTANCES = "instances";

    private final Pipelines pipelines;
    private final RequestForecaster forecaster;
    private final int instances;
    private final MeterRegistry meters;

    /// @param instances largest number of instances in a batch
    PredictController(Pipelines pipelines, RequestForecaster forecaster, int instances, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.forecaster = forecaster;
        this.instances = instances;
        this.meters = meters;
    }

    @PostMapping(
            path = {"/predict", "/v1/predict"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    Object predict(@RequestBody JsonNode body) {
        return body.has(INSTANCES) ? batch(body) : forecast(body);
    }

    private BatchReply batch(JsonNode body) {
        JsonNode each = RequestFields.of(body, Set.of(INSTANCES)).required(INSTANCES);
        if (!each.isArray() || each.isEmpty() || each.size() > instances) {
            throw Problem.invalid("Field '%s': expected an array of 1 to %d instances, found %s"
                    .formatted(INSTANCES, instances, each.isArray() ? each.size() : RequestFields.quoted(each)));
        }
        List<Outcome> outcomes = new ArrayList<>(each.size());
        for (JsonNode instance : each) {
            outcomes.add(outcome(instance));
        }
        return BatchReply.of(outcomes);
    }

    private Outcome outcome(JsonNode instance) {
        try {
            return Outcome.of(forecast(instance));
        } catch (Problem e) {
            return Outcome.of(e);
        }
    }

    private Predicted forecast(JsonNode body) {
        PredictRequest request = read(body);
        try {
            Predicted reply = forecaster.forecast(request);
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
