package io.aerocast.ingest.land;

import io.aerocast.event.Topics;
import io.aerocast.event.WindowLanded;
import io.aerocast.ingest.land.PartitionBatch.Window;
import io.aerocast.lake.ForeignLakeException;
import io.aerocast.lake.Lake;
import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Writes windows into the lake and announces them.
@Component
final class WindowWriter {

    private static final Logger log = LoggerFactory.getLogger(WindowWriter.class);

    private final Lake lake;
    private final EventPublisher events;
    private final LandingMetrics metrics;

    /// @throws IllegalArgumentException if a pipeline has a feature that cannot be a column
    WindowWriter(Lake lake, Pipelines pipelines, EventPublisher events, LandingMetrics metrics) {
        pipelines.all().forEach(lake::requireWritable);
        this.lake = lake;
        this.events = events;
        this.metrics = metrics;
    }

    /// Makes sure that the lake belongs to a topic.
    ///
    /// @throws ForeignLakeException if it belongs to another one
    void claim(String topicId) throws IOException {
        lake.claim(topicId);
    }

    /// Removes what a killed writer of some partitions left unfinished, and tells what landed of them.
    ///
    /// @param partitions partitions that are now ours alone
    List<WindowFile> resume(Set<Integer> partitions) throws IOException {
        for (Path removed : lake.removeUnfinished(partitions)) {
            log.atInfo().addKeyValue("file", removed).log("unfinished window removed");
        }
        return lake.windows().stream()
                .filter(window -> partitions.contains(window.partition()))
                .toList();
    }

    /// Tells of records that the topic's retention deleted before they landed.
    ///
    /// @param records how many; nothing is told of none or less
    void missed(TopicPartition partition, long records) {
        if (records > 0) {
            metrics.missed(records);
            log.atError()
                    .addKeyValue("topic", partition)
                    .addKeyValue("records", records)
                    .log("records were deleted from the topic before they landed");
        }
    }

    /// Lands a window; it is on the disk when this returns.
    WindowLanded write(Window window) throws IOException {
        WindowLanded landed = lake.write(window.pipeline(), window.rows());
        metrics.landed(landed.pipeline(), landed.rows());
        log.atInfo()
                .addKeyValue("pipeline", landed.pipeline())
                .addKeyValue("station", landed.station())
                .addKeyValue("rows", landed.rows())
                .addKeyValue("file", landed.uri())
                .log("window landed");
        return landed;
    }

    /// Announces a window.
    ///
    /// @return completes when the broker has acknowledged it
    CompletableFuture<?> announce(WindowLanded landed) {
        return events.publish(Topics.WINDOWS, Topics.key(landed.pipeline(), landed.station()), landed);
    }

    /// Announces a window that landed before, from what its file holds.
    CompletableFuture<?> announceAgain(WindowFile window) throws IOException {
        return announce(lake.describe(window));
    }
}
