package io.aerocast.api.predict;

import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /v1/predict`, or an instance of a batch, validated as far as possible without the model.
///
/// @param sequence plausible readings of the view's features, with a latest reading of the target
/// @param view the view of the feature that is asked for
/// @param kind one of [ModelKinds#ALL], or [ModelKinds#PERSISTENCE]
/// @param horizons among the pipeline's, at least one
/// @param several whether the reply has a list of them
/// @param origin grid time of the last row, or `null` if the client gave none
record PredictRequest(
        Sequence sequence,
        Pipeline view,
        String kind,
        List<Integer> horizons,
        boolean several,
        @Nullable Instant origin,
        @Nullable String station) {

    private static final Set<String> FIELDS =
            Set.of("sequence", "pipeline", "feature", "model", "horizon", "horizons", "ts", "station");
    private static final List<String> KINDS = Stream.concat(ModelKinds.ALL.stream(), Stream.of(ModelKinds.PERSISTENCE))
            .toList();

    /// @throws Problem 400 if the body is not a valid request
    static PredictRequest read(JsonNode body, Pipelines pipelines) {
        RequestFields fields = RequestFields.of(body, FIELDS);
        Sequence sequence = Sequence.read(fields.required("sequence"));
        Pipeline named = fields.pipeline("pipeline", pipelines);
        Pipeline pipeline = named == null ? byFeatures(sequence, pipelines) : named;
        Pipeline view = pipeline.view(
                fields.oneOf("feature", pipeline.targets(), pipeline.targets().getFirst()));
        sequence.requirePlausible(pipeline);
        Sequence ordered = sequence.ordered(pipeline, view);
        ordered.requireLatest(view.target());
        Instant ts = fields.time("ts");
        List<Integer> several = fields.horizons("horizons", view);
        int one = fields.horizon("horizon", view);
        if (!several.isEmpty() && body.hasNonNull("horizon")) {
            throw Problem.invalid("Expected 'horizon' or 'horizons', found both");
        }
        return new PredictRequest(
                ordered,
                view,
                fields.oneOf("model", KINDS, ModelKinds.DEFAULT),
                several.isEmpty() ? List.of(one) : several,
                !several.isEmpty(),
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
}
