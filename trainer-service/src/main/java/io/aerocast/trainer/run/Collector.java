package io.aerocast.trainer.run;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.LandedData.Landed;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.dataset.Split;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Reads the data of a run, and waits for them after a drift, because observations from after the change have yet
/// to land.
final class Collector {

    private final LandedData data;
    private final DatasetProperties properties;
    private final TrainingStatus status;
    private final InstantSource clock;

    Collector(LandedData data, DatasetProperties properties, TrainingStatus status, InstantSource clock) {
        this.data = data;
        this.properties = properties;
        this.status = status;
        this.clock = clock;
    }

    /// The data of a run.
    ///
    /// @param split enough samples, or too few at the end of the wait
    /// @param sources the landed observations
    /// @param took time since the run was first begun
    record Collected(Split split, List<Source> sources, Duration took) {}

    /// Collects until there are enough samples, or the wait is over. Only a run that answers a drift waits.
    ///
    /// @param startedAt wall-clock time at which the run was first begun: an interruption does not prolong the wait
    /// @throws java.io.UncheckedIOException if the lake cannot be read
    Collected collect(RetrainSignal signal, Pipeline pipeline, Instant startedAt) throws InterruptedException {
        Instant deadline =
                signal.reason() == RetrainReason.DRIFT ? startedAt.plus(properties.maximumWait()) : startedAt;
        List<WindowFile> files = data.files(pipeline);
        while (true) {
            Collected collected = read(signal, pipeline, startedAt);
            switch (collected.split()) {
                case Split.Parts parts -> {
                    status.waiting(signal, parts.recent(), parts.needed());
                    return collected;
                }
                case Split.TooFew few -> status.waiting(signal, few.recent(), few.needed());
            }
            if (!clock.instant().isBefore(deadline)) {
                return collected;
            }
            files = changed(pipeline, files, deadline);
        }
    }

    private Collected read(RetrainSignal signal, Pipeline pipeline, Instant startedAt) {
        Landed landed = data.read(pipeline);
        Split split = Split.of(pipeline, landed.samples(), signal.changedSince(), properties.split());
        return new Collected(split, landed.sources(), Duration.between(startedAt, clock.instant()));
    }

    /// Waits until the files of the lake change, or the wait is over.
    private List<WindowFile> changed(Pipeline pipeline, List<WindowFile> before, Instant deadline)
            throws InterruptedException {
        List<WindowFile> now = before;
        while (now.equals(before)) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                break;
            }
            Thread.sleep(left.compareTo(properties.pollInterval()) < 0 ? left : properties.pollInterval());
            now = data.files(pipeline);
        }
        return now;
    }
}
