package io.aerocast.api.evaluate;

import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /eval`, read as an event. A report without a model counts for [ModelKinds#DEFAULT], the kind
/// that the drift detection watches.
final class EvaluateRequest {

    private static final String UNKNOWN = "unknown";
    private static final Set<String> FIELDS = Set.of(
            "predicted", "actual", "pipeline", "station", "model", "modelVersion", "forecastId", "ts", "horizon");

    private EvaluateRequest() {}

    /// @throws Problem 400 if the body is not a valid report
    static Evaluation read(JsonNode body, Pipelines pipelines) {
        RequestFields fields = RequestFields.of(body, FIELDS);
        Pipeline named = fields.pipeline("pipeline", pipelines);
        Pipeline pipeline = named == null ? pipelines.all().iterator().next() : named;
        return new Evaluation(
                fields.text("forecastId"),
                pipeline.name(),
                or(fields.text("station"), UNKNOWN),
                or(fields.text("model"), ModelKinds.DEFAULT),
                or(fields.text("modelVersion"), UNKNOWN),
                fields.time("ts"),
                fields.positive("horizon", pipeline.horizons().getFirst()),
                predicted(fields.number("predicted"), pipeline.target()),
                actual(fields.number("actual"), pipeline.target()),
                null,
                EvaluationSource.REPORTED);
    }

    private static double actual(double value, Feature target) {
        return within("actual", value, target, target.minimum(), target.maximum());
    }

    /// A bad forecast may lie outside the plausible range and must count, but within limits: otherwise a single
    /// value would dominate the rolling error.
    private static double predicted(double value, Feature target) {
        double width = target.maximum() - target.minimum();
        return within("predicted", value, target, target.minimum() - width, target.maximum() + width);
    }

    private static double within(String field, double value, Feature target, double minimum, double maximum) {
        if (value < minimum || value > maximum) {
            throw Problem.invalid("Field '%s': expected a %s from %s to %s %s, found %s"
                    .formatted(field, target.name(), minimum, maximum, target.unit(), value));
        }
        return value;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
