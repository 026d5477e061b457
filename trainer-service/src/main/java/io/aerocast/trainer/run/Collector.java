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
import java.util.List;

/// Gets the data of a run, and waits for them after a drift: what the changed world looks like has yet to land.
final class Collector {

    private final LandedData data;
    private final DatasetProperties properties;
    private final TrainingStatus status;

    Collector(LandedData data, DatasetProperties properties, TrainingStatus status) {
        this.data = data;
        this.properties = properties;
        this.status = status;
    }

    /// What a run has to learn from.
    ///
    /// @param split enough, or too few when the time was over
    /// @param sources where the observations came from
    /// @param took since the run was first begun
    record Collected(Split split, List<Source> sources, Duration took) {}

    /// Collects until there is enough, or the time is over. Only a run that answers a drift waits.
    ///
    /// @param startedAt when the run was first begun: an interruption does not prolong the wait
    /// @throws java.io.UncheckedIOException if the lake cannot be read
    Collected collect(RetrainSignal signal, Pipeline pipeline, Instant startedAt) throws InterruptedException {
        Instant deadline =
                signal.reason() == RetrainReason.DRIFT ? startedAt.plus(properties.maximumWait()) : startedAt;
        List<WindowFile> files = data.files(pipeline);
        while (true) {
            Collected collected = look(signal, pipeline, startedAt);
            switch (collected.split()) {
                case Split.Parts parts -> {
                    status.waiting(signal, parts.recent(), parts.needed());
                    return collected;
                }
                case Split.TooFew few -> status.waiting(signal, few.recent(), few.needed());
            }
            if (!Instant.now().isBefore(deadline)) {
                return collected;
            }
            files = changed(pipeline, files, deadline);
        }
    }

    private Collected look(RetrainSignal signal, Pipeline pipeline, Instant startedAt) {
        Landed landed = data.read(pipeline);
        Split split = Split.of(pipeline, landed.samples(), signal.changedSince(), properties.split());
        return new Collected(split, landed.sources(), Duration.between(startedAt, Instant.now()));
    }

    /// Waits until other files lie in the lake, or the time is over.
    private List<WindowFile> changed(Pipeline pipeline, List<WindowFile> before, Instant deadline)
            throws InterruptedException {
        List<WindowFile> now = before;
        while (now.equals(before)) {
            Duration left = Duration.between(Instant.now(), deadline);
            if (!left.isPositive()) {
                break;
            }
            Thread.sleep(left.compareTo(properties.pollInterval()) < 0 ? left : properties.pollInterval());
            now = data.files(pipeline);
        }
        return now;
    }
}
