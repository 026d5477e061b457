package io.aerocast.ingest.land;

import io.aerocast.event.Topics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/// Distinguishes the observations topic from an earlier topic of the same name, whose offsets are unrelated.
final class TopicIdentity implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Duration CLOSE = Duration.ofMillis(100);

    private final Admin admin;

    TopicIdentity(Map<String, Object> adminProperties) {
        Map<String, Object> properties = new HashMap<>(adminProperties);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.admin = Admin.create(properties);
    }

    /// The identifier that the broker assigned to the topic at its creation.
    ///
    /// @throws IOException if the broker does not answer
    String id() throws IOException {
        String topic = Topics.OBSERVATIONS.name();
        try {
            TopicDescription description =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            return Objects.requireNonNull(description, topic).topicId().toString();
        } catch (ExecutionException e) {
            throw new IOException("Cannot describe topic %s: %s".formatted(topic, e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the broker describes topic " + topic);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
