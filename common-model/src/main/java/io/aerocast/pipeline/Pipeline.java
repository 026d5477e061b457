package io.aerocast.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A stream of observations with the same features, and how it is forecast.
///
/// Each target is forecast, judged and watched on its own, by models of its own. All of that works on a *view*
/// of the pipeline ([#view]), in which the target is the first feature: the first column of every vector and
/// matrix is the one that is forecast. The first target is the first feature, so a pipeline serves as the view
/// of its first target.
///
/// @param name the pipeline's name, such as `noaa`
/// @param features in the order of every vector and matrix; the order is part of the contract
/// @param targets names of the features that are forecast, the first feature first; default: that one alone
/// @param cadence the time from one observation of a station to the next
/// @param lookback the number of past steps that a model sees
/// @param horizons the steps ahead that are forecast, ascending
/// @param seasons the cycles of the targets, for the seasonal baseline; may be empty
public record Pipeline(
        String name,
        List<Feature> features,
        @Nullable List<String> targets,
        Duration cadence,
        int lookback,
        List<Integer> horizons,
        List<Season> seasons) {

    public Pipeline {
        features = List.copyOf(features);
        targets = targets == null // a pipelines file may leave them out
                ? features.stream().limit(1).map(Feature::name).toList()
                : List.copyOf(targets);
        horizons = List.copyOf(horizons);
        seasons = seasons == null ? List.of() : List.copyOf(seasons); // a pipelines file may leave them out
        require(name.matches("[a-z0-9][a-z0-9-]*"), "a pipeline's name must be lower case, found '%s'".formatted(name));
        require(!features.isEmpty(), "pipeline %s needs at least one feature".formatted(name));
        require(
                features.stream().map(Feature::name).distinct().count() == features.size(),
                "pipeline %s has two features of the same name".formatted(name));
        require(
                !targets.isEmpty()
                        && targets.getFirst().equals(features.getFirst().name())
                        && targets.stream().distinct().count() == targets.size()
                        && features.stream().map(Feature::name).toList().containsAll(targets),
                "pipeline %s: the targets must be different features of %s and begin with the first one, found %s"
                        .formatted(name, features.stream().map(Feature::name).toList(), targets));
        require(cadence.isPositive(), "pipeline %s: the cadence must be positive, found %s".formatted(name, cadence));
        require(lookback >= 2, "pipeline %s: the lookback must be at least 2, found %d".formatted(name, lookback));
        require(
                !horizons.isEmpty() && horizons.getFirst() >= 1,
                "pipeline %s needs horizons of at least 1 step".formatted(name));
        List<Integer> sorted = horizons.stream().sorted().distinct().toList();
        require(sorted.equals(horizons), "pipeline %s: horizons must ascend, found %s".formatted(name, horizons));
    }

    /// A pipeline whose first feature is its only target.
    public Pipeline(
            String name,
            List<Feature> features,
            Duration cadence,
            int lookback,
            List<Integer> horizons,
            List<Season> seasons) {
        this(name, features, null, cadence, lookback, horizons, seasons);
    }

    /// Names of the features that are forecast, the first feature first.
    @Override
    public List<String> targets() {
        return Objects.requireNonNull(targets, "the constructor sets the targets");
    }

    /// The feature that this view forecasts.
    public Feature target() {
        return features.getFirst();
    }

    /// The views of all targets, in their order.
    public List<Pipeline> views() {
        return targets().stream().map(this::view).toList();
    }

    /// This pipeline as the models of one feature see it: the feature is the only target and comes first, the
    /// others follow in their order.
    ///
    /// @throws IllegalArgumentException if the pipeline has no such feature
    public Pipeline view(String feature) {
        Feature target = features.get(indexOf(feature));
        List<Feature> ordered = new ArrayList<>(features);
        ordered.remove(target);
        ordered.addFirst(target);
        return new Pipeline(name, ordered, List.of(feature), cadence, lookback, horizons, seasons);
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
