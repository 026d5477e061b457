package io.aerocast.api.model;

import io.aerocast.api.model.Admission.Admitted;
import io.aerocast.api.model.Admission.Fault;
import io.aerocast.api.model.Admission.Refused;
import io.aerocast.event.ModelPublished;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.UnreadableModelException;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Examines models before they serve.
final class ModelGate {

    private final Pipelines pipelines;

    ModelGate(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    /// Checks that a published model is intact, is the one that the event names, and fits its pipeline.
    Admission examine(ModelPublished event) {
        Optional<Pipeline> pipeline = pipelines.find(event.pipeline());
        if (pipeline.isEmpty()) {
            return new Refused(Fault.FOREIGN, "no pipeline '%s' runs here".formatted(event.pipeline()));
        }
        String checksum = ModelArtifact.sha256(event.artifact());
        if (!checksum.equalsIgnoreCase(event.sha256())) {
            return new Refused(
                    Fault.CORRUPT, "expected an artifact of SHA-256 %s, found %s".formatted(event.sha256(), checksum));
        }
        List<String> names = List.of(event.pipeline(), feature(event), event.model(), event.version());
        return examine(event.artifact(), names, pipeline.get(), event.reason() == null);
    }

    /// Checks that a shipped artifact fits its pipeline.
    ///
    /// @param view the view of the feature that it forecasts
    Admission examineShipped(byte[] artifact, Pipeline view, String kind) {
        return examine(artifact, List.of(view.name(), view.target().name(), kind), view, true);
    }

    /// The feature that a model forecasts; an event of an earlier version does not name it.
    String feature(ModelPublished event) {
        return Objects.requireNonNullElseGet(
                event.feature(),
                () -> pipelines
                        .find(event.pipeline())
                        .map(pipeline -> pipeline.target().name())
                        .orElse("unknown"));
    }

    private static Admission examine(byte[] artifact, List<String> names, Pipeline pipeline, boolean shipped) {
        ForecastModel model;
        try {
            model = ModelArtifact.read(artifact);
        } catch (UnreadableModelException e) {
            return new Refused(Fault.CORRUPT, String.valueOf(e.getMessage()));
        }
        ModelCard card = model.card();
        List<String> found = List.of(card.pipeline(), card.target(), card.model(), card.version())
                .subList(0, names.size());
        if (!found.equals(names)) {
            return new Refused(Fault.MISMATCH, "expected an artifact of %s, found one of %s".formatted(names, found));
        }
        return card.misfit(pipeline)
                .<Admission>map(reason -> new Refused(Fault.MISMATCH, "stale artifact: " + reason))
                .orElseGet(() -> new Admitted(new ServedModel(model, shipped)));
    }
}
