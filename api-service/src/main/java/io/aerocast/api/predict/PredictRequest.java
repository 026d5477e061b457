package io.aerocast.api.predict;

import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /predict`, validated as far as possible without the model.
///
/// @param sequence plausible readings of the pipeline's features, with a latest reading of the target
/// @param kind one of [ModelKinds#ALL]
/// @param horizon one of the pipeline's
/// @param origin grid time of the last row, or `null` if the client gave none
record PredictRequest(
        Sequence sequence,
        Pipeline pipeline,
        String kind,
        int horizon,
        @Nullable Instant origin,
        @Nullable String station) {

    private static final Set<String> FIELDS = Set.of("sequence", "pipeline", "model", "horizon", "ts", "station");

    /// @throws Problem 400 if the body is not a valid request
    static PredictRequest read(JsonNode body, Pipelines pipelines) {
        RequestFields fields = RequestFields.of(body, FIELDS);
        Sequence sequence = Sequence.read(fields.required("sequence"));
        Pipeline named = fields.pipeline("pipeline", pipelines);
        Pipeline pipeline = named == null ? byFeatures(sequence, pipelines) : named;
        sequence.requirePlausible(pipeline);
        sequence.requireLatest(pipeline.target());
        Instant ts = fields.time("ts");
        return new PredictRequest(
                sequence,
                pipeline,
                kind(fields.text("model")),
                horizon(fields.positive("horizon", pipeline.horizons().getFirst()), pipeline),
                ts == null ? null : pipeline.slot(ts),
                fields.text("station"));
    }

    /// The first pipeline with as many features as the rows of the sequence have values.
    private static Pipeline byFeatures(Sequence sequence, Pipelines pipelines) {
        return pipelines.all().stream()
                .filter(p -> p.features().size() == sequence.features())
                .findFirst()
                .orElseThrow(() -> Problem.invalid("Field 'sequence': expected rows of %s, found rows of %d"
                        .formatted(
                                pipelines.all().stream()
                                        .map(p ->
                                                "%d (%s)".formatted(p.features().size(), p.name()))
                                        .collect(Collectors.joining(" or ")),
                                sequence.features())));
    }

    private static String kind(@Nullable String name) {
        if (name == null) {
            return ModelKinds.DEFAULT;
        }
        if (!ModelKinds.ALL.contains(name)) {
            throw Problem.invalid("Field 'model': expected one of %s, found '%s'".formatted(ModelKinds.ALL, name));
        }
        return name;
    }

    private static int horizon(int steps, Pipeline pipeline) {
        if (!pipeline.horizons().contains(steps)) {
            throw Problem.invalid("Field 'horizon': expected one of %s for pipeline %s, found %d"
                    .formatted(pipeline.horizons(), pipeline.name(), steps));
        }
        return steps;
    }
}
