package io.aerocast.training.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The distribution of the readings of a feature. Each grid time of each station counts once, at the sample whose
/// origin it is; repeated samples count once.
///
/// @param feature its name
/// @param readings number of readings
/// @param missing number of missing readings
/// @param mean in the feature's unit, as are all that follow; `null` without readings
/// @param deviation population standard deviation
/// @param quartile lower quartile by nearest rank, as are the median and the upper quartile
public record FeatureStatistics(
        String feature,
        int readings,
        int missing,
        @Nullable Double mean,
        @Nullable Double deviation,
        @Nullable Double minimum,
        @Nullable Double quartile,
        @Nullable Double median,
        @Nullable Double upperQuartile,
        @Nullable Double maximum) {

    /// The statistics of every feature, in the pipeline's order.
    public static List<FeatureStatistics> of(Dataset data) {
        Set<Sample> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(data.samples());
        List<FeatureStatistics> statistics = new ArrayList<>();
        List<String> names = data.pipeline().featureNames();
        for (int f = 0; f < names.size(); f++) {
            int feature = f;
            double[] readings = distinct.stream()
                    .mapToDouble(
                            sample -> sample.lookback().rows()[sample.lookback().steps() - 1][feature])
                    .filter(reading -> !Double.isNaN(reading))
                    .sorted()
                    .toArray();
            statistics.add(of(names.get(f), readings, distinct.size() - readings.length));
        }
        return statistics;
    }

    private static FeatureStatistics of(String feature, double[] sorted, int missing) {
        if (sorted.length == 0) {
            return new FeatureStatistics(feature, 0, missing, null, null, null, null, null, null, null);
        }
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        return new FeatureStatistics(
                feature,
                sorted.length,
                missing,
                mean,
                Math.sqrt(variance),
                sorted[0],
                rank(sorted, 0.25),
                rank(sorted, 0.5),
                rank(sorted, 0.75),
                sorted[sorted.length - 1]);
    }

    private static double rank(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
