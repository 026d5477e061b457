package io.aerocast.api.station;

import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;

/// A pipeline in the reply of `GET /v1/pipelines`.
///
/// @param features in the order of every row of a sequence
/// @param targets names of the features that are forecast
/// @param cadence step of the time grid
/// @param lookback number of readings that a forecast needs
/// @param horizons steps ahead, ascending
record PipelineInfo(
        String pipeline,
        List<Quantity> features,
        List<String> targets,
        Duration cadence,
        int lookback,
        List<Integer> horizons) {

    /// @param minimum smallest plausible value, in `unit`
    /// @param maximum largest plausible value, in `unit`
    record Quantity(String name, String unit, double minimum, double maximum) {}

    static PipelineInfo of(Pipeline pipeline) {
        return new PipelineInfo(
                pipeline.name(),
                pipeline.features().stream()
                        .map(f -> new Quantity(f.name(), f.unit(), f.minimum(), f.maximum()))
                        .toList(),
                pipeline.targets(),
                pipeline.cadence(),
                pipeline.lookback(),
                pipeline.horizons());
    }
}
