package io.aerocast.trainer.run;

import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.run.OpenRun.Wait;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.LandedData.Landed;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.dataset.Split;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the data of a run. After a drift, observations from after the change have yet to land: such a run
/// looks again when more data have landed, as long as they arrive.
final class Collector {

    private final LandedData data;
    private final DatasetProperties properties;
    private final InstantSource clock;

    Collector(LandedData data, DatasetProperties properties, InstantSource clock) {
        this.data = data;
        this.properties = properties;
        this.clock = clock;
    }

    /// What a look at the data finds.
    sealed interface Look {}

    /// There are too few data yet, and more may come.
    record Waits(Wait state) implements Look {}

    /// There are enough data, or no more are waited for.
    ///
    /// @param splits by feature: enough samples, or too few at the end of the wait
    /// @param sources the landed observations
    /// @param files that hold them
    /// @param took time since the run was first begun
    /// @param missing why no more data are waited for, where they are too few
    record Collected(
            Map<String, Split> splits,
            List<Source> sources,
            List<WindowFile> files,
            Duration took,
            Optional<String> missing)
            implements Look {}

    /// Whether a look may find something else than the last one did.
    ///
    /// @throws java.io.UncheckedIOException if the lake cannot be listed
    boolean worthALook(OpenRun run, Pipeline pipeline) {
        Optional<Wait> wait = run.waiting();
        return wait.isEmpty()
                || over(wait.get(), clock.instant())
                || !wait.get().files().equals(data.files(pipeline));
    }

    /// Looks at the data of a run.
    ///
    /// @param views of the features to train
    /// @param changedSince observation time since which samples are recent, or `null` if all are
    /// @param startedAt wall-clock time at which the run was first begun: an interruption does not prolong the wait
    /// @throws java.io.UncheckedIOException if the lake cannot be read
    Look look(OpenRun run, Pipeline pipeline, List<Pipeline> views, @Nullable Instant changedSince, Instant startedAt) {
        List<WindowFile> files = data.files(pipeline);
        List<Landed> landed = data.read(views, files);
        Map<String, Split> splits = new LinkedHashMap<>();
        for (int i = 0; i < views.size(); i++) {
            Pipeline view = views.get(i);
            splits.put(view.target().name(), Split.of(view, landed.get(i).samples(), changedSince, properties.split()));
        }
        Instant now = clock.instant();
        Wait wait = wait(run, files, splits, startedAt, now);
        run.waits(wait);
        Optional<String> missing = missing(run, wait, now);
        return enough(splits) || missing.isPresent()
                ? new Collected(splits, landed.getFirst().sources(), files, Duration.between(startedAt, now), missing)
                : new Waits(wait);
    }

    private static Wait wait(
            OpenRun run, List<WindowFile> files, Map<String, Split> splits, Instant startedAt, Instant now) {
        Split slowest = awaited(splits).stream()
                .min(Comparator.comparingInt(Collector::recent))
                .orElseGet(() -> splits.values().iterator().next());
        Instant arrivedAt = run.waiting()
                .filter(before -> before.files().equals(files))
                .map(Wait::arrivedAt)
                .orElse(now);
        return new Wait(startedAt, arrivedAt, files, recent(slowest), needed(slowest));
    }

    private static boolean enough(Map<String, Split> splits) {
        return awaited(splits).isEmpty();
    }

    /// The features that lack data. One that was not observed at all since the change does not delay the others.
    private static List<Split> awaited(Map<String, Split> splits) {
        boolean any = splits.values().stream().anyMatch(split -> recent(split) > 0);
        List<Split> lacking = new ArrayList<>(splits.values());
        lacking.removeIf(split -> split instanceof Split.Parts || any && recent(split) == 0);
        return lacking;
    }

    /// Why a run does not wait for more data.
    private Optional<String> missing(OpenRun run, Wait wait, Instant now) {
        String station = run.signal().station();
        boolean known = station == null
                || wait.files().stream().anyMatch(file -> file.station().equals(station));
        if (!OpenRun.heals(run.signal().reason())) {
            return Optional.of("");
        }
        if (!known && !wait.files().isEmpty()) {
            return Optional.of("no data of station %s have landed".formatted(station));
        }
        if (!now.isBefore(wait.since().plus(properties.maximumWait()))) {
            return Optional.of("");
        }
        return over(wait, now)
                ? Optional.of("no data have arrived since %s".formatted(wait.arrivedAt()))
                : Optional.empty();
    }

    private boolean over(Wait wait, Instant now) {
        return !now.isBefore(wait.since().plus(properties.maximumWait()))
                || !now.isBefore(wait.arrivedAt().plus(properties.maximumSilence()));
    }

    private static int recent(Split split) {
        return switch (split) {
            case Split.Parts parts -> parts.recent();
            case Split.TooFew few -> few.recent();
        };
    }

    private static int needed(Split split) {
        return switch (split) {
            case Split.Parts parts -> parts.needed();
            case Split.TooFew few -> few.needed();
        };
    }
}
