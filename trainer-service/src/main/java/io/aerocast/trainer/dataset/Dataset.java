package io.aerocast.trainer.dataset;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;

/// Samples of one pipeline, ordered by the origin of their lookback.
///
/// @param pipeline what the samples are of
/// @param samples oldest origin first, at least one
/// @param from earliest observation time in the samples
/// @param to latest observation time in the samples, targets included
/// @param sha256 hash over the values of all samples, hexadecimal
public record Dataset(Pipeline pipeline, List<Sample> samples, Instant from, Instant to, String sha256) {

    public Dataset {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "A dataset of pipeline %s needs at least one sample".formatted(pipeline.name()));
        }
    }
}
