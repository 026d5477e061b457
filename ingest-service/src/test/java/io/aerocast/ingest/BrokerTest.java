package io.aerocast.ingest;

import io.aerocast.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A broker, and a bench with a data directory, for each test.
abstract class BrokerTest {

    @TempDir
    Path directory;

    EmbeddedBroker broker;
    Bench bench;

    @BeforeEach
    void startBroker() throws IOException {
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        bench = new Bench(broker.address(), directory);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }
}
