package io.aerocast.ingest.land;

import io.aerocast.event.Observation;
import io.aerocast.event.WindowLanded;
import io.aerocast.ingest.land.PartitionBatch.Window;
import io.aerocast.lake.ForeignLakeException;
import io.aerocast.lake.LandedObservation;
import io.aerocast.lake.WindowFile;
import io.aerocast.observation.Check.Accepted;
import io.aerocast.observation.Check.Rejected;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lands the partitions of one consumer, each in three steps:
///
/// ```
/// one file per series  ──►  dead letters and announcements acknowledged  ──►  offset committed
///         └─ after a crash here, the files are found when the partition is assigned again ─┘
/// ```
///
/// After a crash, reading begins at the committed offset, and records that the files of their series already
/// contain, by their offsets, are skipped. So each valid record is in exactly one file, wherever windows end. This
/// holds for the topic that the lake belongs to, which is verified before each write and commit. Used by one
/// thread.
final class Landing implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(Landing.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final TopicIdentity topic;
    private final Intake intake;
    private final WindowWriter writer;
    private final LandingProperties limits;
    private final Clock clock;
    private final BooleanSupplier flushDeadlinePassed;
    private final Map<TopicPartition, PartitionBatch> batches = new HashMap<>();
    private final Map<TopicPartition, Map<Series, Long>> landedThrough = new HashMap<>();

    /// @param flushDeadlinePassed whether the service stops and must not wait for acknowledgements any longer
    Landing(
            Consumer<String, byte[]> consumer,
            TopicIdentity topic,
            Intake intake,
            WindowWriter writer,
            LandingProperties limits,
            Clock clock,
            BooleanSupplier flushDeadlinePassed) {
        this.consumer = consumer;
        this.topic = topic;
        this.intake = intake;
        this.writer = writer;
        this.limits = limits;
        this.clock = clock;
        this.flushDeadlinePassed = flushDeadlinePassed;
    }

    /// Polls once, and lands the partitions whose windows are full or due.
    void step() throws IOException {
        for (ConsumerRecord<String, byte[]> received : consumer.poll(POLL)) {
            add(received);
        }
        Instant now = clock.instant();
        for (TopicPartition partition : List.copyOf(batches.keySet())) {
            PartitionBatch batch = batches.get(partition);
            if (batch != null && batch.due(now, limits)) {
                land(partition, batch);
            }
        }
    }

    /// Lands all open windows.
    void landAll() throws IOException {
        for (Map.Entry<TopicPartition, PartitionBatch> open : List.copyOf(batches.entrySet())) {
            land(open.getKey(), open.getValue());
        }
    }

    /// Discards all open windows; their records are read again.
    void discard() {
        batches.clear();
        landedThrough.clear();
    }

    /// Number of records of the assigned partitions that were not read yet, as far as the consumer knows it.
    long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /// Time when the oldest open window was opened.
    Optional<Instant> oldestOpen() {
        return batches.values().stream().map(PartitionBatch::openedAt).min(Comparator.naturalOrder());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        try {
            writer.claim(topic.id());
            Map<Integer, List<WindowFile>> landed =
                    writer
                            .resume(partitions.stream()
                                    .map(TopicPartition::partition)
                                    .collect(Collectors.toSet()))
                            .stream()
                            .collect(Collectors.groupingBy(WindowFile::partition));
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata offset = committed.get(partition);
                if (offset != null) {
                    writer.missed(partition, beginnings.getOrDefault(partition, 0L) - offset.offset());
                }
                resume(
                        partition,
                        landed.getOrDefault(partition.partition(), List.of()),
                        offset == null ? 0 : offset.offset(),
                        ends.getOrDefault(partition, 0L));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionBatch batch = batches.get(partition);
            if (batch != null) {
                landUnchecked(partition, batch);
            }
            landedThrough.remove(partition);
        }
    }

    /// Another consumer may already own the partitions, so their windows must not land.
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        batches.keySet().removeAll(partitions);
        landedThrough.keySet().removeAll(partitions);
    }

    private void resume(TopicPartition partition, List<WindowFile> landed, long committed, long end)
            throws IOException {
        Map<Series, WindowFile> newest = landed.stream()
                .collect(Collectors.toMap(
                        w -> new Series(w.pipeline(), w.station()),
                        w -> w,
                        BinaryOperator.maxBy(Comparator.comparingLong(WindowFile::endOffset))));
        Map<Series, Long> through = new HashMap<>();
        for (Map.Entry<Series, WindowFile> entry : newest.entrySet()) {
            WindowFile window = entry.getValue();
            if (window.endOffset() >= end) {
                throw new ForeignLakeException(
                        "The lake's %s ends at offset %d, but %s ends before %d: the topic has lost records. Use another data directory, or move this one's data/processed away"
                                .formatted(window.path(), window.endOffset(), partition, end));
            }
            through.put(entry.getKey(), window.endOffset());
            if (window.endOffset() >= committed) {
                // The window may not have been announced. The topic is compacted, so the newest window is enough.
                batch(partition).await(writer.announceAgain(window));
            }
        }
        landedThrough.put(partition, through);
    }

    private void add(ConsumerRecord<String, byte[]> received) throws IOException {
        TopicPartition partition = new TopicPartition(received.topic(), received.partition());
        PartitionBatch batch = batch(partition);
        switch (intake.check(received)) {
            case Accepted(Observation observation, Pipeline pipeline) -> {
                Series series = new Series(pipeline.name(), observation.station());
                if (received.offset() > landedThrough(partition).getOrDefault(series, -1L)) {
                    batch.add(
                            pipeline,
                            new LandedObservation(
                                    observation,
                                    received.partition(),
                                    received.offset(),
                                    Instant.ofEpochMilli(received.timestamp())));
                }
            }
            case Rejected(String reason) -> batch.await(intake.reject(received, reason));
        }
        batch.advance(received.offset());
        if (batch.full(limits)) {
            land(partition, batch);
        }
    }

    private void land(TopicPartition partition, PartitionBatch batch) throws IOException {
        writer.claim(topic.id());
        List<CompletableFuture<?>> sent = new ArrayList<>(batch.sent());
        for (Map.Entry<Series, Window> entry : batch.windows().entrySet()) {
            WindowLanded landed = writer.write(entry.getValue());
            landedThrough(partition).put(entry.getKey(), landed.endOffset());
            sent.add(writer.announce(landed));
        }
        awaitAcknowledged(sent);
        if (batch.next() >= 0) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(batch.next())), COMMIT);
        }
        batches.remove(partition);
    }

    private void landUnchecked(TopicPartition partition, PartitionBatch batch) {
        try {
            land(partition, batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAcknowledged(List<CompletableFuture<?>> sent) {
        CompletableFuture<Void> all = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
        while (!all.isDone()) {
            if (flushDeadlinePassed.getAsBoolean()) {
                throw new IllegalStateException(
                        "The broker did not acknowledge in time; the records are read again at the next start");
            }
            try {
                all.get(SLICE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // Not acknowledged yet; the loop checks the deadline.
            } catch (ExecutionException e) {
                throw new IllegalStateException("The broker rejected a dead letter or an announcement", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the broker acknowledges", e);
            }
        }
        all.join();
    }

    private PartitionBatch batch(TopicPartition partition) {
        return batches.computeIfAbsent(partition, _ -> new PartitionBatch(clock.instant()));
    }

    private Map<Series, Long> landedThrough(TopicPartition partition) {
        return landedThrough.computeIfAbsent(partition, _ -> new HashMap<>());
    }
}
