package io.aerocast.training.dataset;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The samples that a candidate may be fitted to.
///
/// @param times all samples by grid time
/// @param change index of the first recent one
/// @param replay older samples that are fitted too
record RecentSamples(
        Pipeline pipeline, List<List<Sample>> times, int change, List<Sample> replay, SplitSettings settings) {

    /// Number of recent samples that a fit up to a grid time holds, repeats included.
    int copies(int end) {
        int recent = known(change, end).size();
        double wanted = replay.size() * settings.recentShare() / (1 - settings.recentShare()) / recent;
        return recent * Math.clamp(Math.round(wanted), 1, settings.maximumRepeats());
    }

    /// The data for a fit that knows nothing from a grid time on.
    ///
    /// @param copies of recent samples, about: as many in the complete data as in the judged ones, so that the
    ///     recent weather weighs as much in both fits
    Split.Complete until(int end, int validated, int copies) {
        int validation = end - validated;
        List<Sample> recent = known(change, validation);
        int times = Math.max(1, Math.round((float) copies / recent.size()));
        return new Split.Complete(
                Dataset.of(pipeline, weighted(replay, recent, times)), Dataset.of(pipeline, known(validation, end)));
    }

    /// The samples of some grid times, with the targets that were known at the end of them.
    private List<Sample> known(int from, int to) {
        Instant end = to < times.size() ? times.get(to).getFirst().lookback().origin() : null;
        int gap = to < times.size() && end == null ? pipeline.horizons().getLast() : 0;
        List<Sample> samples = join(times.subList(from, to - gap));
        return end == null
                ? samples
                : samples.stream()
                        .map(sample -> sample.knownBefore(end, pipeline))
                        .flatMap(Optional::stream)
                        .toList();
    }

    private static List<Sample> weighted(List<Sample> replay, List<Sample> recent, int times) {
        List<Sample> train = new ArrayList<>(replay);
        for (Sample sample : recent) {
            train.addAll(Collections.nCopies(times, sample));
        }
        return train;
    }

    private static List<Sample> join(List<List<Sample>> times) {
        return times.stream().flatMap(List::stream).toList();
    }
}
