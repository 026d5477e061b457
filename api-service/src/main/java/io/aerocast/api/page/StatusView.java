package io.aerocast.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.api.model.ModelView;
import io.aerocast.api.model.Refusal;
import io.aerocast.api.model.Serving;
import io.aerocast.pipeline.Pipeline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reply of `GET /status`.
///
/// @param time current time, by this machine's clock
/// @param startedAt start of the service, by the same clock
/// @param checks conditions of a healthy service
/// @param pipelines the pipelines and the models that serve them
/// @param refused published models that were refused
/// @param trainer what the trainer does, absent unless its address is configured
/// @param links links to other user interfaces
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusView(
        Instant time,
        Instant startedAt,
        List<Check> checks,
        List<PipelineView> pipelines,
        List<Refusal> refused,
        @Nullable TrainerView trainer,
        LinksProperties links) {

    /// @param since start of the present state, by this machine's clock
    /// @param detail a sentence for people
    record Check(String name, boolean ok, Instant since, String detail) {}

    /// @param features in the order of every row of a sequence
    /// @param targets names of the features that are forecast
    /// @param lookback number of readings that a forecast needs
    /// @param horizons steps ahead, ascending
    /// @param runs link to the pipeline's trainings in MLflow, absent if MLflow is not configured
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PipelineView(
            String pipeline,
            List<FeatureView> features,
            List<String> targets,
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
                    pipeline.targets(),
                    pipeline.cadence(),
                    pipeline.lookback(),
                    pipeline.horizons(),
                    models.stream().map(ModelView::of).toList(),
                    runs);
        }
    }

    /// A feature and its unit.
    record FeatureView(String name, String unit) {}
}
