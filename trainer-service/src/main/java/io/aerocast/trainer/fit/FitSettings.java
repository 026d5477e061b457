package io.aerocast.trainer.fit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a model's card says of its making that the data do not.
///
/// @param version the new model's version; sorts by time within pipeline and kind
/// @param trainedAt wall-clock time of the training
/// @param aerocast version of AeroCast that trains
/// @param commit source commit, or `null` where it is unknown
public record FitSettings(
        String version,
        Instant trainedAt,
        String aerocast,
        @Nullable String commit) {}
