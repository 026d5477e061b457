package io.aerocast.ingest.land;

import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The records of one partition that were read since its last landing.
final class PartitionBatch {

    private final Instant openedAt;
    private final Map<Series, Window> windows = new LinkedHashMap<>();
    private final List<CompletableFuture<?>> sent = new ArrayList<>();
    private long records;
    private long next = -1;

    /// The open window of a series.
    ///
    /// @param rows ascending by offset
    record Window(Pipeline pipeline, List<LandedObservation> rows) {}

    PartitionBatch(Instant openedAt) {
        this.openedAt = openedAt;
    }

    void add(Pipeline pipeline, LandedObservation row) {
        Series series = new Series(pipeline.name(), row.observation().station());
        windows.computeIfAbsent(series, _ -> new Window(pipeline, new ArrayList<>()))
                .rows()
                .add(row);
    }

    /// Adds a send that the broker must acknowledge before the partition's offset is committed.
    void await(CompletableFuture<?> acknowledged) {
        sent.add(acknowledged);
    }

    /// Counts the record at an offset as handled.
    void advance(long offset) {
        next = offset + 1;
        records++;
    }

    boolean due(Instant now, LandingProperties limits) {
        return !now.isBefore(openedAt.plus(limits.maxOpen()));
    }

    boolean full(LandingProperties limits) {
        return records >= limits.maxPending()
                || windows.values().stream().anyMatch(w -> w.rows().size() >= limits.maxRows());
    }

    Map<Series, Window> windows() {
        return windows;
    }

    List<CompletableFuture<?>> sent() {
        return sent;
    }

    /// The offset to commit; -1 if no record was read.
    long next() {
        return next;
    }

    Instant openedAt() {
        return openedAt;
    }
}
