package io.aerocast.trainer.signal;

import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.Worker;
import io.aerocast.trainer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns a `retrain.flag` in the data directory into one retrain signal on Kafka, and removes the flag once the
/// broker has acknowledged the signal. If it is killed between the two, it sends the same signal again, which is
/// answered once. A flag with invalid content is set aside as `retrain.flag.rejected`; one that cannot be read
/// stays.
final class FlagBridge extends StartsWithTopics {

    private static final Logger log = LoggerFactory.getLogger(FlagBridge.class);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final DataDirectory directory;
    private final SignalProperties properties;
    private final Pipelines pipelines;
    private final EventPublisher events;
    private final Worker worker = Worker.interruptible("retrain-flag", STOP, this::watch);
    private @Nullable RetrainFlag seen;

    FlagBridge(DataDirectory directory, SignalProperties properties, Pipelines pipelines, EventPublisher events) {
        this.directory = directory;
        this.properties = properties;
        this.pipelines = pipelines;
        this.events = events;
        pipelines.require(properties.flagPipeline());
    }

    @Override
    protected void begin() {
        worker.start();
    }

    @Override
    protected void end() {
        worker.stop();
    }

    private void watch() throws InterruptedException {
        while (!worker.stopping()) {
            lookSafely();
            worker.pause(properties.flagInterval());
        }
    }

    /// An error does not end the watch: the flag stays for the next look.
    private void lookSafely() throws InterruptedException {
        try {
            look();
        } catch (IOException | RuntimeException e) {
            log.atError()
                    .addKeyValue("file", directory.flag())
                    .setCause(e)
                    .log("retrain flag could not be taken, trying again");
        }
    }

    /// Looks for a flag, and takes one that is the same as at the last look.
    ///
    /// @throws IOException if it cannot be read
    void look() throws InterruptedException, IOException {
        Path file = directory.flag();
        try {
            Optional<RetrainFlag> flag = RetrainFlag.at(file);
            if (flag.isPresent() && flag.get().equals(seen)) {
                take(flag.get());
            }
            seen = flag.orElse(null);
        } catch (IllegalArgumentException e) {
            reject(file, e);
        }
    }

    private void take(RetrainFlag flag) throws InterruptedException, IOException {
        RetrainSignal signal = flag.signal(properties.flagPipeline());
        pipelines.require(signal.pipeline());
        try {
            events.publish(Topics.RETRAIN, signal.pipeline(), signal).get();
        } catch (ExecutionException _) {
            return; // Logged by the publisher; the flag stays for the next look.
        }
        log.atInfo()
                .addKeyValue("signal", signal.id())
                .addKeyValue("pipeline", signal.pipeline())
                .addKeyValue("reason", signal.reason().label())
                .log("retrain flag became a signal");
        // A flag that was written meanwhile is another one.
        if (RetrainFlag.at(directory.flag()).filter(flag::equals).isPresent()) {
            Files.deleteIfExists(directory.flag());
        }
    }

    private void reject(Path file, Exception cause) {
        log.atError()
                .addKeyValue("file", file)
                .addKeyValue("cause", cause.getMessage())
                .log("retrain flag is malformed, it is set aside");
        try {
            Files.move(file, directory.rejectedFlag(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("cause", e.toString())
                    .log("retrain flag cannot be set aside, trying again");
        }
    }
}
