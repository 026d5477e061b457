package io.aerocast.standalone.driftbench;

import io.aerocast.pipeline.Pipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Whether what was served really became worse: its mean absolute error over seven days, relative to that of models
/// that were fitted on the whole file, those days included. Weather that is hard to forecast makes both errors
/// grow; a stale model only its own.
final class Oracle {

    private static final int BEFORE = 4 * 24;
    private static final int AFTER = 3 * 24;

    /// A growth of the relative error that counts.
    private static final double GROWN = 1.1;

    private final int slots;
    private final Map<String, List<Relative>> targets = new TreeMap<>();

    /// @param served what was served, by slot
    /// @param refitted the same slots, forecast by models fitted on the whole file
    Oracle(ReadingGrid grid, List<Slot> served, List<Slot> refitted) {
        this.slots = grid.slots();
        Pipeline pipeline = grid.pipeline();
        for (String target : pipeline.targets()) {
            List<Integer> horizons =
                    List.of(pipeline.horizons().getFirst(), pipeline.horizons().getLast());
            targets.put(
                    target,
                    horizons.stream()
                            .map(h -> new Relative(errors(served, target, h), errors(refitted, target, h)))
                            .toList());
        }
    }

    /// Whether the error of a target grew in the days around a slot, one step ahead or at the farthest horizon.
    boolean grew(String target, int slot) {
        return targets.getOrDefault(target, List.of()).stream().anyMatch(relative -> relative.grew(slot));
    }

    /// The share of all times at which the error of a target grew.
    double share(String target) {
        return IntStream.range(0, slots)
                .filter(slot -> targets.getOrDefault(target, List.of()).stream().anyMatch(r -> r.isKnown(slot)))
                .mapToDouble(slot -> grew(target, slot) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private double[] errors(List<Slot> run, String target, int horizon) {
        double[] errors = new double[slots];
        Arrays.fill(errors, Double.NaN);
        run.forEach(slot -> errors[slot.slot()] = Math.abs(slot.residual(target, horizon)));
        return errors;
    }

    /// The error of what was served relative to that of the refitted models, by slot.
    private static final class Relative {

        private final double[] ratios;
        private final double usual;

        Relative(double[] served, double[] refitted) {
            ratios = IntStream.range(0, served.length)
                    .mapToDouble(slot -> ratio(served, refitted, slot))
                    .toArray();
            double[] known =
                    Arrays.stream(ratios).filter(Double::isFinite).sorted().toArray();
            usual = known.length == 0 ? Double.NaN : known[known.length / 2];
        }

        private static double ratio(double[] served, double[] refitted, int slot) {
            double ours = 0;
            double theirs = 0;
            int both = 0;
            for (int i = Math.max(0, slot - BEFORE); i < Math.min(served.length, slot + AFTER); i++) {
                if (!Double.isNaN(served[i]) && !Double.isNaN(refitted[i])) {
                    ours += served[i];
                    theirs += refitted[i];
                    both++;
                }
            }
            return both < (BEFORE + AFTER) / 2 ? Double.NaN : ours / theirs;
        }

        boolean isKnown(int slot) {
            return Double.isFinite(ratios[slot]);
        }

        boolean grew(int slot) {
            return ratios[slot] > GROWN * usual;
        }
    }
}
