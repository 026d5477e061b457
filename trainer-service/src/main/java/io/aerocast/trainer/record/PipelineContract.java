package io.aerocast.trainer.record;

import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;

/// The inputs and outputs of a pipeline's models when a run began. Pipelines are configuration and may change
/// later.
///
/// @param features names in order, the target first
/// @param lookback steps that a model sees
/// @param horizons steps ahead that are forecast, ascending
/// @param cadence time between two observations of a station
public record PipelineContract(List<String> features, int lookback, List<Integer> horizons, Duration cadence) {

    public PipelineContract {
        features = List.copyOf(features);
        horizons = List.copyOf(horizons);
    }

    /// The name of a model within its pipeline, in file names, keys and marks: `gru` for the first feature, as
    /// before a pipeline had several targets, and `windspeed.gru` for another one.
    public String label(String feature, String kind) {
        return feature.equals(features.getFirst())
                ? kind
                : "%s.%s".formatted(feature.replaceAll("[^A-Za-z0-9_-]", "-"), kind);
    }

    /// The name under which the models of a feature are registered: that of the pipeline for its first feature, and
    /// `noaa.windspeed` for another one.
    public String registeredAs(String pipeline, String feature) {
        return feature.equals(features.getFirst())
                ? pipeline
                : "%s.%s".formatted(pipeline, feature.replaceAll("[^A-Za-z0-9_-]", "-"));
    }

    public static PipelineContract of(Pipeline pipeline) {
        return new PipelineContract(
                pipeline.featureNames(), pipeline.lookback(), pipeline.horizons(), pipeline.cadence());
    }
}
