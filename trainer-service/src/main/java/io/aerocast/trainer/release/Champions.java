package io.aerocast.trainer.release;

import io.aerocast.event.Topics;
import io.aerocast.event.UnreadableEventException;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.forecast.UnreadableModelException;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/// The models that serve now: for each pipeline, feature and kind the last one published, or else the shipped one.
public final class Champions {

    private static final Logger log = LoggerFactory.getLogger(Champions.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Properties PROMPT = new Properties();

    static {
        // The end of the topic is known, so a poll there need not wait for more.
        PROMPT.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
    }

    private final ConsumerFactory<String, byte[]> consumers;

    Champions(ConsumerFactory<String, byte[]> consumers) {
        this.consumers = consumers;
    }

    /// The model that a candidate would replace. Reads the models topic, which is compacted, from its start. Waits
    /// for a broker that is down.
    ///
    /// @param view of the feature
    /// @return empty if there is none
    /// @throws KafkaException if the broker rejects the request
    /// @throws InterruptedException if the thread is interrupted meanwhile
    public Optional<ForecastModel> find(Pipeline view, String kind) throws InterruptedException {
        while (true) {
            try {
                return published(view, kind).or(() -> shipped(view, kind));
            } catch (KafkaException e) {
                if (!BrokerFault.isTransient(e)) {
                    throw e;
                }
                log.atWarn().addKeyValue("cause", e.toString()).log("champion cannot be read, trying again");
                Thread.sleep(PAUSE);
            }
        }
    }

    /// The model that AeroCast ships.
    ///
    /// @param view of the feature
    /// @return empty if there is none
    public static Optional<ForecastModel> shipped(Pipeline view, String kind) {
        return shippedArtifact(view, kind).map(ModelArtifact::read);
    }

    static Optional<byte[]> shippedArtifact(Pipeline view, String kind) {
        return ShippedModels.find(view.name(), view.target().name(), kind);
    }

    /// The last model of a key. Before a pipeline had several targets, keys had no feature; such a record is of the
    /// first target, and counts until one with the feature follows.
    private Optional<ForecastModel> published(Pipeline view, String kind) {
        String key = Topics.key(view.name(), view.target().name(), kind);
        String earlierKey = Topics.key(view.name(), kind);
        Map<String, ForecastModel> last = last(Set.of(key, earlierKey));
        return Optional.ofNullable(last.get(key))
                .or(() -> Optional.ofNullable(last.get(earlierKey))
                        .filter(model ->
                                model.card().target().equals(view.target().name())));
    }

    private Map<String, ForecastModel> last(Set<String> keys) {
        Map<String, ForecastModel> last = new HashMap<>();
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, null, null, PROMPT)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.MODELS.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> received : consumer.poll(POLL)) {
                    if (received.key() != null && keys.contains(received.key())) {
                        model(received).ifPresent(model -> last.put(received.key(), model));
                    }
                }
            }
        }
        return last;
    }

    /// Empty for a record that no service can read, and that therefore does not serve.
    private static Optional<ForecastModel> model(ConsumerRecord<String, byte[]> received) {
        try {
            byte[] value = received.value();
            return value == null
                    ? Optional.empty()
                    : Optional.of(ModelArtifact.read(
                            Topics.MODELS.codec().decode(value).artifact()));
        } catch (UnreadableEventException | UnreadableModelException e) {
            log.atWarn()
                    .addKeyValue("topic", received.topic())
                    .addKeyValue("partition", received.partition())
                    .addKeyValue("offset", received.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("published model cannot be read, it is no champion");
            return Optional.empty();
        }
    }
}
