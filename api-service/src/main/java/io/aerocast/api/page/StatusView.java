package io.aerocast.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.api.model.Refusal;
import io.aerocast.api.model.Serving;
import io.aerocast.forecast.ModelCard;
import io.aerocast.pipeline.Pipeline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the service itself stands, as `GET /status` shows it.
///
/// @param time now, by this machine's clock
/// @param startedAt when the service was started, by the same clock
/// @param checks what must be well for the service to do its work
/// @param pipelines what is forecast, and by which models
/// @param refused published models that may not serve
/// @param links where more is told
record StatusView(
        Instant time,
        Instant startedAt,
        List<Check> checks,
        List<PipelineView> pipelines,
        List<Refusal> refused,
        LinksProperties links) {

    /// @param name of what is checked
    /// @param since when it became as it is, by this machine's clock
    /// @param detail one sentence for a person
    record Check(String name, boolean ok, Instant since, String detail) {}

    /// @param features the first is the one that is forecast
    /// @param lookback readings that a forecast needs
    /// @param horizons steps ahead, ascending
    /// @param runs the pipeline's trainings in MLflow, absent where no link is configured
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PipelineView(
            String pipeline,
            List<FeatureView> features,
            Duration cadence,
            int lookback,
            List<Integer> horizons,
            List<ModelView> models,
            @Nullable URI runs) {

        static PipelineView of(Pipeline pipeline, List<Serving> models, @Nullable URI runs) {
            return new PipelineView(
                    pipeline.name(),
                    pipeline.features().stream()
                            .map(f -> new FeatureView(f.name(), f.unit()))
                            .toList(),
                    pipeline.cadence(),
                    pipeline.lookback(),
                    pipeline.horizons(),
                    models.stream().map(ModelView::of).toList(),
                    runs);
        }
    }

    /// What is observed, and in which unit.
    record FeatureView(String name, String unit) {}

    /// A model that serves.
    ///
    /// @param shipped whether it came with AeroCast, and not from a training here
    /// @param trainedAt wall-clock time of the training
    /// @param trainedFrom first observation time that it was fitted on
    /// @param trainedTo last observation time that it was fitted on
    /// @param coverage share of truths that its intervals are to hold
    /// @param since when this replica began to serve it
    /// @param swaps how many models have taken the place of another here since the service started
    record ModelView(
            String model,
            String version,
            boolean shipped,
            Instant trainedAt,
            Instant trainedFrom,
            Instant trainedTo,
            double coverage,
            Instant since,
            int swaps) {

        static ModelView of(Serving serving) {
            ModelCard card = serving.model().card();
            return new ModelView(
                    card.model(),
                    card.version(),
                    serving.model().shipped(),
                    card.trainedAt(),
                    card.trainedFrom(),
                    card.trainedTo(),
                    card.coverage(),
                    serving.since(),
                    serving.swaps());
        }
    }
}
