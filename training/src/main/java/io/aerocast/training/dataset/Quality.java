package io.aerocast.training.dataset;

import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The trustworthiness of the readings of some samples. Each grid time of each station counts once, at the sample
/// whose origin it is.
///
/// @param features in the pipeline's order
public record Quality(List<FeatureQuality> features) {

    /// Number of readings before and after a jump that show whether the level stays.
    private static final int STAYS = 6;

    /// Smallest jump to a new level that counts as an offset of the sensor, in step limits, provided that every
    /// other feature is [#QUIET]. JFK, LGA and EWR have no such hour in 2013.
    private static final double OFFSET = 2;

    /// Largest change of a feature that counts as quiet, in step limits.
    private static final double QUIET = 0.25;

    public Quality {
        features = List.copyOf(features);
    }

    /// The readings of one feature.
    ///
    /// @param feature its name
    /// @param readings number of readings
    /// @param spikes number of suspected spikes
    /// @param stuck number of readings suspected to come from a stuck sensor
    /// @param steps number of changes beyond the step limit; weather fronts cause them, too
    /// @param offsets number of changes to a new level while the other features stay quiet, as of a shifted sensor;
    ///     a change of the weather moves several features or takes hours
    public record FeatureQuality(String feature, int readings, int spikes, int stuck, int steps, int offsets) {

        /// Fraction of the readings that is suspect, 0 to 1.
        public double suspectShare() {
            return readings == 0 ? 0 : (double) (spikes + stuck) / readings;
        }
    }

    /// The quality of some samples.
    static Quality of(Pipeline pipeline, List<Sample> samples) {
        List<FeatureQuality> features = new ArrayList<>();
        for (int i = 0; i < pipeline.features().size(); i++) {
            features.add(of(pipeline, i, samples));
        }
        return new Quality(features);
    }

    /// Largest fraction of suspect readings of a feature, 0 to 1.
    public double suspectShare() {
        return features.stream().mapToDouble(FeatureQuality::suspectShare).max().orElse(0);
    }

    /// The features that moved to a new level at once while the others stayed quiet.
    public List<String> movedAlone() {
        return features.stream()
                .filter(feature -> feature.offsets() > 0)
                .map(FeatureQuality::feature)
                .toList();
    }

    private static FeatureQuality of(Pipeline pipeline, int index, List<Sample> samples) {
        Feature feature = pipeline.features().get(index);
        int readings = 0;
        int steps = 0;
        int offsets = 0;
        Map<Suspicion, Integer> suspicions = new EnumMap<>(Suspicion.class);
        for (Sample sample : samples) {
            double[][] rows = sample.lookback().rows();
            int origin = rows.length - 1;
            if (!Double.isNaN(rows[origin][index])) {
                readings++;
                suspicions.merge(sample.suspects().row(origin, index), 1, Integer::sum);
            }
            if (origin > 0 && inSteps(feature, change(rows, origin, index)) > 1) {
                steps++;
            }
            if (offset(pipeline, index, rows)) {
                offsets++;
            }
        }
        return new FeatureQuality(
                feature.name(),
                readings,
                suspicions.getOrDefault(Suspicion.SPIKE, 0),
                suspicions.getOrDefault(Suspicion.STUCK, 0),
                steps,
                offsets);
    }

    /// Whether a new level begins [#STAYS] rows before the end of a lookback. Each grid time has that place in one
    /// sample.
    private static boolean offset(Pipeline pipeline, int index, double[][] rows) {
        int jump = rows.length - STAYS;
        if (jump < STAYS
                || !(inSteps(pipeline.features().get(index), change(rows, jump, index)) >= OFFSET)
                || !stays(rows, jump, index)) {
            return false;
        }
        int quiet = 0;
        for (int other = 0; other < pipeline.features().size(); other++) {
            double moved = inSteps(pipeline.features().get(other), change(rows, jump, other));
            if (other != index && moved > QUIET) {
                return false;
            }
            quiet += other != index && moved <= QUIET ? 1 : 0;
        }
        return quiet > 0; // false where there is no other feature to compare with
    }

    private static boolean stays(double[][] rows, int jump, int index) {
        double up = Math.signum(change(rows, jump, index));
        double halfway = (rows[jump - 1][index] + rows[jump][index]) / 2;
        for (int row = jump - STAYS; row < jump + STAYS; row++) {
            double beyond = up * (rows[row][index] - halfway);
            if (row < jump ? beyond > 0 : beyond < 0) {
                return false;
            }
        }
        return true;
    }

    /// `NaN` where one of the two readings is missing.
    private static double change(double[][] rows, int row, int feature) {
        return rows[row][feature] - rows[row - 1][feature];
    }

    /// A change in units of the step limit; `NaN` without a limit or a change.
    private static double inSteps(Feature feature, double change) {
        Double limit = feature.quality().step();
        return limit == null ? Double.NaN : Math.abs(change) / limit;
    }
}
