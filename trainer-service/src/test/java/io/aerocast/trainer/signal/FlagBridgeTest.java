package io.aerocast.trainer.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.trainer.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagBridgeTest {

    private final EventPublisher events = mock();
    private @TempDir Path directory;
    private Path flag;
    private Path rejected;
    private FlagBridge bridge;

    @BeforeEach
    void createBridge() {
        DataDirectory data = new DataDirectory(directory);
        flag = data.flag();
        rejected = data.rejectedFlag();
        SignalProperties properties = new SignalProperties("group", "noaa", Duration.ofMillis(20));
        bridge = new FlagBridge(data, properties, Pipelines.builtIn(), events);
    }

    @Test
    void aFlagThatCannotBeReadStays() throws Exception {
        Files.createDirectory(flag); // cannot be read as a file

        assertThatThrownBy(() -> bridge.look()).isInstanceOf(IOException.class);

        assertThat(flag).exists();
        assertThat(rejected).doesNotExist();
    }

    @Test
    void aFlagThatIsTooLargeIsSetAside() throws Exception {
        Files.write(flag, new byte[20_000]);

        bridge.look();

        assertThat(flag).doesNotExist();
        assertThat(rejected).exists();
    }

    @Test
    void theWatchOutlivesAnError() throws Exception {
        when(events.publish(any(), any(), any()))
                .thenThrow(new IllegalStateException("no producer"))
                .thenReturn(CompletableFuture.completedFuture(null));
        Files.writeString(flag, "pipeline=sim");

        bridge.begin();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(flag));
        } finally {
            bridge.stop();
        }
        assertThat(rejected).doesNotExist();
    }
}
