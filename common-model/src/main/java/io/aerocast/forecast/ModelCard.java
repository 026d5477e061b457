package io.aerocast.forecast;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a model comes from and what it expects. It travels inside the artifact.
///
/// @param pipeline the pipeline that it forecasts
/// @param model the kind: `gru` or `seasonal`
/// @param version sorts by time within pipeline and kind
/// @param features names in the order of every row
/// @param lookback rows that it needs
/// @param horizons steps ahead that it forecasts, ascending
/// @param trainedAt wall-clock time of the training
/// @param trainedFrom first observation time that it was fitted on
/// @param trainedTo last observation time that it was fitted on
/// @param windows number of training windows
/// @param dataSha256 hash of the training data, hexadecimal
/// @param seed seed of every random choice
/// @param hyperparameters by name
/// @param metrics scores on held-out later data, by name
/// @param aerocast version of AeroCast that trained it
/// @param java runtime that trained it
/// @param os operating system and architecture that trained it
/// @param commit source commit, or `null` where it is unknown
public record ModelCard(
        String pipeline,
        String model,
        String version,
        List<String> features,
        int lookback,
        List<Integer> horizons,
        Instant trainedAt,
        Instant trainedFrom,
        Instant trainedTo,
        int windows,
        String dataSha256,
        long seed,
        Map<String, String> hyperparameters,
        Map<String, Double> metrics,
        String aerocast,
        String java,
        String os,
        @Nullable String commit) {

    public ModelCard {
        features = List.copyOf(features);
        horizons = List.copyOf(horizons);
        hyperparameters = Map.copyOf(hyperparameters);
        metrics = Map.copyOf(metrics);
    }

    /// The position of a horizon in every [Prediction].
    ///
    /// @throws IllegalArgumentException if the model does not forecast it
    public int indexOf(int horizon) {
        int index = horizons.indexOf(horizon);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Model %s of %s forecasts horizons %s, not %d".formatted(version, pipeline, horizons, horizon));
        }
        return index;
    }
}
