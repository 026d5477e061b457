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

/// Writes windows into the lake and announces them.
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

    /// Binds the lake to a topic, or verifies that it is bound to it.
    ///
    /// @throws ForeignLakeException if the lake belongs to another topic
    void claim(String topicId) throws IOException {
        lake.claim(topicId);
    }

    /// Removes the unfinished files of a crashed writer.
    ///
    /// @param partitions partitions that are assigned to this process alone
    /// @return the landed windows of these partitions
    List<WindowFile> resume(Set<Integer> partitions) throws IOException {
        for (Path removed : lake.removeUnfinished(partitions)) {
            log.atInfo().addKeyValue("file", removed).log("unfinished window removed");
        }
        return lake.windows().stream()
                .filter(window -> partitions.contains(window.partition()))
                .toList();
    }

    /// Reports records that the topic's retention deleted before they landed.
    ///
    /// @param records number of records; not reported if 0 or negative
    void missed(TopicPartition partition, long records) {
        if (records > 0) {
            metrics.missed(records);
            log.atError()
                    .addKeyValue("topic", partition)
                    .addKeyValue("records", records)
                    .log("records were deleted from the topic before they landed");
        }
    }

    /// Lands a window; when this returns, the file is durable.
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
    /// @return completes when the broker has acknowledged the announcement
    CompletableFuture<?> announce(WindowLanded landed) {
        return events.publish(Topics.WINDOWS, Topics.key(landed.pipeline(), landed.station()), landed);
    }

    /// Announces an earlier window, with the content of its file.
    CompletableFuture<?> announceAgain(WindowFile window) throws IOException {
        return announce(lake.describe(window));
    }
}
