package io.aerocast.trainer.release;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.Topics;
import io.aerocast.lake.AtomicFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.service.EventPublisher;
import io.aerocast.trainer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps every candidate's artifact and publishes the promoted ones.
public final class ModelRelease {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataDirectory directory;
    private final EventPublisher events;
    private final Map<String, Lock> locks = new ConcurrentHashMap<>();

    ModelRelease(DataDirectory directory, EventPublisher events) {
        this.directory = directory;
        this.events = events;
    }

    /// The lock of the models of a feature: whoever checks which version serves and then publishes another one
    /// holds it, so that a promotion and a rollback do not replace each other.
    ///
    /// @param view of the feature
    public Lock lock(Pipeline view) {
        return locks.computeIfAbsent(Topics.key(view.name(), view.target().name()), _ -> new ReentrantLock());
    }

    /// Keeps an artifact in the data directory.
    ///
    /// @param label of the model, see [io.aerocast.trainer.record.PipelineContract#label]
    /// @return its file name, for [#read]
    /// @throws IOException if it cannot be written
    public String keep(byte[] artifact, String pipeline, String label, String version) throws IOException {
        String name = name(pipeline, label, version);
        AtomicFile.replace(directory.models().resolve(name), artifact);
        return name;
    }

    /// The file name of a version's artifact.
    static String name(String pipeline, String label, String version) {
        return "%s-%s-%s.aerocast".formatted(pipeline, label, version);
    }

    /// An artifact that was kept.
    ///
    /// @throws IOException if it is not there
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(directory.models().resolve(name));
    }

    /// Publishes a promoted model. Waits for a broker that is down, however long. Publishing a model twice leaves
    /// one record, because the topic is compacted.
    ///
    /// @throws IllegalStateException if the broker rejects it
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public void publish(ModelPublished model) throws InterruptedException {
        String feature = Objects.requireNonNull(model.feature(), "a published model's feature");
        String key = Topics.key(model.pipeline(), feature, model.model());
        while (true) {
            try {
                events.publish(Topics.MODELS, key, model).get();
                return;
            } catch (ExecutionException e) {
                if (!BrokerFault.isTransient(e)) {
                    throw new IllegalStateException(
                            "Cannot publish model %s of %s: %s".formatted(model.version(), key, e.getMessage()), e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
