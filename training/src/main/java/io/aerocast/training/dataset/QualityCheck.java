package io.aerocast.training.dataset;

import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.QualityLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the suspect readings of one station. It looks ahead, to see whether a jump returns and how long a value
/// stays constant, so it is for training alone: a serving model sees every reading.
final class QualityCheck {

    private static final int WIDEST_SPIKE = 2;

    /// Maximum number of missing readings between a spike and its neighbours.
    private static final int MISSING = 2;

    private final Pipeline pipeline;
    private final Map<Instant, Suspicion[]> suspects = new HashMap<>();

    private QualityCheck(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    private record Reading(Instant slot, double value) {}

    /// The suspicions by grid time, shape [features]; grid times without a suspect reading are left out.
    static Map<Instant, Suspicion[]> suspects(Pipeline pipeline, StationSeries series) {
        QualityCheck check = new QualityCheck(pipeline);
        for (int i = 0; i < pipeline.features().size(); i++) {
            List<Reading> readings = new ArrayList<>();
            for (Instant slot : series.slots()) {
                double value = series.readings(slot)[i];
                if (!Double.isNaN(value)) {
                    readings.add(new Reading(slot, value));
                }
            }
            check.spikes(i, readings);
            check.stuck(i, readings);
        }
        return check.suspects;
    }

    private void spikes(int feature, List<Reading> readings) {
        Double limit = limits(feature).spike();
        if (limit == null) {
            return;
        }
        for (int width = 1; width <= WIDEST_SPIKE; width++) {
            Duration widest = pipeline.cadence().multipliedBy(width + 1 + MISSING);
            for (int start = 1; start + width < readings.size(); start++) {
                Reading before = readings.get(start - 1);
                Reading after = readings.get(start + width);
                List<Reading> between = readings.subList(start, start + width);
                if (Duration.between(before.slot(), after.slot()).compareTo(widest) <= 0
                        && prominence(before.value(), between, after.value()) > limit) {
                    between.forEach(reading -> suspect(reading, feature, Suspicion.SPIKE));
                }
            }
        }
    }

    /// Smallest deviation of consecutive readings from the two around them, all to the same side; negative if they
    /// do not deviate to one side.
    private static double prominence(double before, List<Reading> between, double after) {
        double lowest = between.stream().mapToDouble(Reading::value).min().orElseThrow();
        double highest = between.stream().mapToDouble(Reading::value).max().orElseThrow();
        return Math.max(lowest - Math.max(before, after), Math.min(before, after) - highest);
    }

    private void stuck(int feature, List<Reading> readings) {
        Duration limit = limits(feature).stuck();
        if (limit == null) {
            return;
        }
        for (int start = 0, end; start < readings.size(); start = end) {
            end = start + 1;
            while (end < readings.size()
                    && readings.get(end).value() == readings.get(start).value()) {
                end++;
            }
            // Readings are counted, not the time between them: a gap does not prove a constant value.
            if (pipeline.cadence().multipliedBy(end - start).compareTo(limit) > 0) {
                readings.subList(start + 1, end).forEach(reading -> suspect(reading, feature, Suspicion.STUCK));
            }
        }
    }

    private QualityLimits limits(int feature) {
        return pipeline.features().get(feature).quality();
    }

    private void suspect(Reading reading, int feature, Suspicion suspicion) {
        suspects.computeIfAbsent(
                        reading.slot(), _ -> noSuspicions(pipeline.features().size()))[feature] = suspicion;
    }

    static Suspicion[] noSuspicions(int length) {
        Suspicion[] none = new Suspicion[length];
        Arrays.fill(none, Suspicion.NONE);
        return none;
    }
}
