package io.aerocast.api.predict;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.http.Problem;
import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModel;
import io.aerocast.api.model.ServedModels;
import io.aerocast.event.Forecast;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// `POST /predict`: forecasts from the readings in the request. Body: see [PredictRequest]. Reply: [PredictReply];
/// nothing is stored. Errors: 400 for an invalid body, 503 if no model of the requested kind serves the pipeline.
@RestController
final class PredictController {

    /// For metrics: a request that names no pipeline or model that exists must not name a time series.
    private static final String NONE = "none";

    private final Pipelines pipelines;
    private final ServedModels served;
    private final Forecaster forecaster;
    private final StationBoard board;
    private final MeterRegistry meters;

    PredictController(
            Pipelines pipelines, ServedModels served, Forecaster forecaster, StationBoard board, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.served = served;
        this.forecaster = forecaster;
        this.board = board;
        this.meters = meters;
    }

    @PostMapping(path = "/predict", consumes = MediaType.APPLICATION_JSON_VALUE)
    PredictReply predict(@RequestBody JsonNode body) {
        PredictRequest request = read(body);
        String pipeline = request.pipeline().name();
        try {
            PredictReply reply = answer(request);
            count(pipeline, request.kind(), "served");
            return reply;
        } catch (Problem e) {
            count(pipeline, request.kind(), e.getStatusCode().is5xxServerError() ? "unavailable" : "rejected");
            throw e;
        }
    }

    private PredictRequest read(JsonNode body) {
        try {
            return PredictRequest.read(body, pipelines);
        } catch (Problem e) {
            count(NONE, NONE, "rejected");
            throw e;
        }
    }

    private PredictReply answer(PredictRequest request) {
        Pipeline pipeline = request.pipeline();
        ServedModel model = served.find(pipeline, request.kind()).orElseThrow(() -> noModel(request));
        request.sequence().requireRows(model.card().lookback());
        requireTime(request, model.model());
        Prediction prediction =
                forecaster.predict(model, new Lookback(request.sequence().rows(), request.origin()));
        return reply(request, model, prediction, model.card().indexOf(request.horizon()));
    }

    private PredictReply reply(PredictRequest request, ServedModel model, Prediction prediction, int index) {
        Pipeline pipeline = request.pipeline();
        double value = prediction.value()[index];
        Optional<Forecast> adapted = adapted(request, model);
        Instant origin = request.origin();
        String station = request.station();
        return new PredictReply(
                value,
                adapted.map(stream -> value - (stream.value() - stream.lower()))
                        .orElse(prediction.lower()[index]),
                adapted.map(stream -> value + (stream.upper() - stream.value()))
                        .orElse(prediction.upper()[index]),
                model.card().coverage(),
                pipeline.target().unit(),
                request.kind(),
                model.version(),
                pipeline.name(),
                request.horizon(),
                origin == null ? null : pipeline.after(origin, request.horizon()),
                origin == null || station == null
                        ? null
                        : Forecast.idOf(
                                pipeline.name(), station, request.kind(), model.version(), origin, request.horizon()));
    }

    /// The newest forecast of the stream by the same model version for the same station and horizon. Its interval
    /// is adapted to the station's errors.
    ///
    /// @return empty if there is none
    private Optional<Forecast> adapted(PredictRequest request, ServedModel model) {
        String station = request.station();
        return station == null
                ? Optional.empty()
                : board.forecasts(request.pipeline().name(), station).stream()
                        .filter(forecast -> forecast.model().equals(request.kind())
                                && forecast.modelVersion().equals(model.version())
                                && forecast.horizon() == request.horizon())
                        .findFirst();
    }

    private static void requireTime(PredictRequest request, ForecastModel model) {
        if (model.needsTime() && request.origin() == null) {
            throw Problem.invalid(
                    "Field 'ts': expected the time of the last row, on which a %s forecast depends, found none"
                            .formatted(request.kind()));
        }
    }

    private static Problem noModel(PredictRequest request) {
        return Problem.unavailable(
                "No model",
                "Pipeline %s has no %s model yet: none is shipped and none has been published"
                        .formatted(request.pipeline().name(), request.kind()));
    }

    private void count(String pipeline, String model, String outcome) {
        Counter.builder("aerocast.predictions")
                .description("Requests for a prediction, by outcome")
                .tags("pipeline", pipeline, "model", model, "outcome", outcome)
                .register(meters)
                .increment();
    }
}
