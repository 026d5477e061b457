package io.aerocast.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A stream of observations with the same features, and how it is forecast. The first feature is the target.
///
/// @param name the pipeline's name, such as `noaa`
/// @param features in the order of every vector and matrix; the order is part of the contract
/// @param cadence the time from one observation of a station to the next
/// @param lookback the number of past steps that a model sees
/// @param horizons the steps ahead that are forecast, ascending; drift is detected at the first one
/// @param seasons the cycles of the target, for the seasonal baseline; may be empty
public record Pipeline(
        String name,
        List<Feature> features,
        Duration cadence,
        int lookback,
        List<Integer> horizons,
        List<Season> seasons) {

    public Pipeline {
        features = List.copyOf(features);
        horizons = List.copyOf(horizons);
        seasons = seasons == null ? List.of() : List.copyOf(seasons); // a pipelines file may leave them out
        require(name.matches("[a-z0-9][a-z0-9-]*"), "a pipeline's name must be lower case, found '%s'".formatted(name));
        require(!features.isEmpty(), "pipeline %s needs at least one feature".formatted(name));
        require(
                features.stream().map(Feature::name).distinct().count() == features.size(),
                "pipeline %s has two features of the same name".formatted(name));
        require(cadence.isPositive(), "pipeline %s: the cadence must be positive, found %s".formatted(name, cadence));
        require(lookback >= 2, "pipeline %s: the lookback must be at least 2, found %d".formatted(name, lookback));
        require(
                !horizons.isEmpty() && horizons.getFirst() >= 1,
                "pipeline %s needs horizons of at least 1 step".formatted(name));
        List<Integer> sorted = horizons.stream().sorted().distinct().toList();
        require(sorted.equals(horizons), "pipeline %s: horizons must ascend, found %s".formatted(name, horizons));
    }

    /// The feature that is forecast.
    public Feature target() {
        return features.getFirst();
    }

    /// The names of the features, in order.
    public List<String> featureNames() {
        return features.stream().map(Feature::name).toList();
    }

    /// The grid point nearest to a timestamp. Stations report near the hour (KJFK at :51); on this grid, a
    /// forecast's target time and the observation of that time are equal.
    public Instant slot(Instant timestamp) {
        long step = cadence.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(timestamp.toEpochMilli() + step / 2, step) * step);
    }

    /// The grid point a number of steps later.
    public Instant after(Instant slot, int steps) {
        // Called often per forecast, and multiplying a Duration is slow.
        return slot.plusMillis(cadence.toMillis() * steps);
    }

    /// Readings in feature order; `NaN` where one is missing.
    ///
    /// @return shape [features], in the features' units
    public double[] vector(Map<String, Double> readings) {
        return features.stream()
                .mapToDouble(f -> readings.getOrDefault(f.name(), Double.NaN))
                .toArray();
    }

    /// The index of a feature.
    ///
    /// @throws IllegalArgumentException if the pipeline has no such feature
    public int indexOf(String feature) {
        return IntStream.range(0, features.size())
                .filter(i -> features.get(i).name().equals(feature))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Pipeline %s has no feature '%s' (it has %s)".formatted(name, feature, featureNames())));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
