package io.aerocast.api.evaluate;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.http.Problem;
import io.aerocast.service.http.RequestFields;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /eval`. Feature, model and horizon are among those of the pipeline, so that a client cannot
/// invent series.
///
/// @param view the view of the feature
/// @param station the station, or `null` for an anonymous report
/// @param evaluation the report as an event; the station of an anonymous one is `unknown`
record EvaluateRequest(Pipeline view, @Nullable String station, Evaluation evaluation) {

    private static final String UNKNOWN = "unknown";
    private static final Set<String> FIELDS = Set.of(
            "predicted",
            "actual",
            "pipeline",
            "station",
            "feature",
            "model",
            "modelVersion",
            "forecastId",
            "ts",
            "horizon");
    private static final List<String> KINDS = Stream.concat(ModelKinds.ALL.stream(), Stream.of(ModelKinds.PERSISTENCE))
            .toList();

    /// @throws Problem 400 if the body is not a valid report
    static EvaluateRequest read(JsonNode body, Pipelines pipelines) {
        RequestFields fields = RequestFields.of(body, FIELDS);
        Pipeline named = fields.pipeline("pipeline", pipelines);
        Pipeline pipeline = named == null ? pipelines.all().iterator().next() : named;
        List<String> targets = pipeline.targets();
        Pipeline view = pipeline.view(fields.oneOf("feature", targets, targets.getFirst()));
        String station = fields.text("station");
        Evaluation evaluation = new Evaluation(
                view.name(),
                or(station, UNKNOWN),
                view.target().name(),
                fields.oneOf("model", KINDS, ModelKinds.DEFAULT),
                fields.time("ts"),
                actual(fields.number("actual"), view.target()),
                EvaluationSource.REPORTED,
                fields.text("forecastId"),
                List.of(pair(fields, view)));
        return new EvaluateRequest(view, station, evaluation);
    }

    private static Evaluation.Pair pair(RequestFields fields, Pipeline view) {
        return new Evaluation.Pair(
                fields.horizon("horizon", view),
                or(fields.text("modelVersion"), UNKNOWN),
                predicted(fields.number("predicted"), view.target()),
                null,
                null,
                null);
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
