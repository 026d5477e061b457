package io.aerocast.training.dataset;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The division of samples in order of time:
///
/// ```
///        before the change │ since the change ("recent")
///   ─ replay (at most n) ──┼── fit ──┼─ validation ─┼─ hold-out ─►
///      └──── train ──────────────────┘
/// ```
///
/// Every target of an earlier part lies before the first origin of the next one: no target of a later part has been
/// seen by an earlier one. Targets that do not are left out, the nearer ones of the same origin are kept, as they
/// are all that is known when a model is fitted at that time. Samples without times keep a gap of the largest
/// horizon instead.
///
/// The hold-out is only needed for the verdict. A candidate that is promoted is fitted once more, with the same
/// settings, to all recent samples: [Parts#complete].
///
/// Of the samples before the change, one day in ten (a day being the pipeline's first season) is not fitted either,
/// nor is a gap on both sides of it: these days are the calm hold-out, which shows whether a candidate has
/// forgotten the calm. Whole days at equal distances represent every hour and every month, and they are the same in
/// every run.
public sealed interface Split {

    /// There are enough samples.
    ///
    /// @param train replay and the first part of the recent samples, the latter repeated for their weight
    /// @param validation for early stopping and prediction intervals, one largest horizon longer than configured,
    ///     as its last targets are left out
    /// @param holdOut the newest samples, for the judge alone
    /// @param calm days from before the change, for the judge alone; `null` if there are none
    /// @param complete training and validation data that reach up to the newest sample
    /// @param recent number of recent grid times with samples, of all three parts
    /// @param needed required number of recent grid times
    /// @param quality of all recent samples; where no change is known, of the newest `needed` ones: an old fault
    ///     must not prevent every further training
    record Parts(
            Dataset train,
            Dataset validation,
            Dataset holdOut,
            @Nullable Dataset calm,
            Complete complete,
            int recent,
            int needed,
            Quality quality)
            implements Split {}

    /// Training and validation data without a hold-out.
    record Complete(Dataset train, Dataset validation) {}

    /// There are too few recent samples.
    ///
    /// @param recent number of recent grid times with samples
    /// @param needed required number of recent grid times
    record TooFew(int recent, int needed) implements Split {

        /// A sentence for logs and replies.
        public String reason() {
            return "the window is too short: %d grid times with samples landed in time, %d are needed"
                    .formatted(recent, needed);
        }
    }

    /// Divides samples.
    ///
    /// @param samples oldest origin first; samples without origin count as one grid time each
    /// @param changedSince observation time since which samples are recent, or `null` if all are
    static Split of(Pipeline pipeline, List<Sample> samples, @Nullable Instant changedSince, SplitSettings settings) {
        List<List<Sample>> times = byGridTime(samples);
        int change = firstSince(changedSince, times);
        int recent = times.size() - change;
        int gap = pipeline.horizons().getLast();
        int needed = needed(gap, settings);
        if (recent < needed) {
            return new TooFew(recent, needed);
        }
        int holdOut = times.size() - holdOut(recent, gap, settings);
        int validated = gap + (int) (recent * settings.validationFraction());
        CalmDays days = CalmDays.of(pipeline, settings.calmEvery());
        List<Sample> before = join(times.subList(0, change));
        RecentSamples since = new RecentSamples(pipeline, times, change, replay(before, days, settings), settings);
        int copies = since.copies(holdOut - validated);
        Complete judged = since.until(holdOut, validated, copies);
        return new Parts(
                judged.train(),
                judged.validation(),
                Dataset.of(pipeline, join(times.subList(holdOut, times.size()))),
                calm(pipeline, before, times.get(change).getFirst(), days, settings),
                since.until(times.size(), validated, copies),
                recent,
                needed,
                Quality.of(
                        pipeline,
                        join(times.subList(changedSince == null ? times.size() - needed : change, times.size()))));
    }

    /// The configured fraction, or the configured minimum as far as that leaves half of the recent grid times and
    /// enough to fit.
    private static int holdOut(int recent, int gap, SplitSettings settings) {
        int fraction = (int) (recent * settings.holdOutFraction());
        int validated = gap + (int) (recent * settings.validationFraction());
        int most = Math.min(recent / 2, recent - validated - gap - 1);
        return Math.max(fraction, Math.min(settings.minimumHoldOut(), most));
    }

    /// The newest samples before the change that keep a gap to the calm days.
    private static List<Sample> replay(List<Sample> before, CalmDays days, SplitSettings settings) {
        return newest(
                settings.maximumReplay(),
                before.stream().filter(sample -> !days.near(sample)).toList());
    }

    /// The newest calm days whose targets lie before the change.
    private static @Nullable Dataset calm(
            Pipeline pipeline, List<Sample> before, Sample changed, CalmDays days, SplitSettings settings) {
        List<Sample> calm = newest(
                settings.maximumReplay() / (settings.calmEvery() - 1),
                before.stream()
                        .filter(days::hold)
                        .filter(sample -> before(changed, sample, pipeline))
                        .toList());
        return calm.isEmpty() ? null : Dataset.of(pipeline, calm);
    }

    /// The configured minimum, or the smallest number that leaves samples to fit between the gaps.
    private static int needed(int gap, SplitSettings settings) {
        double rest = 1 - (settings.holdOutFraction() + settings.validationFraction());
        return Math.max(settings.minimumRecent(), (int) Math.ceil((2 * gap + 1) / rest));
    }

    private static List<List<Sample>> byGridTime(List<Sample> samples) {
        List<List<Sample>> times = new ArrayList<>();
        for (Sample sample : samples) {
            Instant origin = sample.lookback().origin();
            if (times.isEmpty()
                    || origin == null
                    || !Objects.equals(
                            origin, times.getLast().getFirst().lookback().origin())) {
                times.add(new ArrayList<>());
            }
            times.getLast().add(sample);
        }
        return times;
    }

    private static int firstSince(@Nullable Instant changedSince, List<List<Sample>> times) {
        if (changedSince == null) {
            return 0;
        }
        int first = 0;
        while (first < times.size() && before(changedSince, times.get(first).getFirst())) {
            first++;
        }
        return first;
    }

    /// Whether every target of a sample lies before the first origin after the change.
    private static boolean before(Sample changed, Sample sample, Pipeline pipeline) {
        Instant origin = sample.lookback().origin();
        Instant change = changed.lookback().origin();
        return origin != null
                && change != null
                && pipeline.after(origin, pipeline.horizons().getLast()).isBefore(change);
    }

    private static boolean before(Instant time, Sample sample) {
        Instant origin = sample.lookback().origin();
        return origin != null && origin.isBefore(time);
    }

    private static List<Sample> newest(int atMost, List<Sample> samples) {
        return samples.subList(Math.max(0, samples.size() - atMost), samples.size());
    }

    private static List<Sample> join(List<List<Sample>> times) {
        return times.stream().flatMap(List::stream).toList();
    }
}
