package io.aerocast.trainer.record;

import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;

/// The inputs and outputs of a pipeline's models when a run began. Pipelines are configuration and may change later.
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

    public static PipelineContract of(Pipeline pipeline) {
        return new PipelineContract(
                pipeline.featureNames(), pipeline.lookback(), pipeline.horizons(), pipeline.cadence());
    }
}
