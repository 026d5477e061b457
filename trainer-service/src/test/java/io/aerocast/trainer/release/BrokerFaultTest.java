package io.aerocast.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aerocast.pipeline.Pipelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

class BrokerFaultTest {

    private static final Map<String, Object> NOWHERE = Map.of("bootstrap.servers", "broker.invalid:9092");

    @Test
    void aHostThatCannotBeResolvedIsTransient() {
        Throwable consumer = catchThrowable(
                () -> new KafkaConsumer<>(NOWHERE, new StringDeserializer(), new ByteArrayDeserializer()));
        Throwable producer =
                catchThrowable(() -> new KafkaProducer<>(NOWHERE, new StringSerializer(), new ByteArraySerializer()));

        assertThat(BrokerFault.isTransient(consumer)).isTrue();
        assertThat(BrokerFault.isTransient(new ExecutionException(producer))).isTrue();
    }

    @Test
    void onlyAnErrorThatMayPassIsTransient() {
        assertThat(BrokerFault.isTransient(new ExecutionException(new TimeoutException("no answer"))))
                .isTrue();
        assertThat(BrokerFault.isTransient(new TopicAuthorizationException("models")))
                .isFalse();
        assertThat(BrokerFault.isTransient(new ConfigException("acks", "some"))).isFalse();
    }

    @Test
    void waitsForAChampionWhileTheHostOfTheBrokerIsUnknown() {
        List<Thread> attempts = new ArrayList<>();
        Champions champions = new Champions(new DefaultKafkaConsumerFactory<>(NOWHERE) {
            @Override
            public Consumer<String, byte[]> createConsumer(
                    @Nullable String group,
                    @Nullable String clientPrefix,
                    @Nullable String clientSuffix,
                    @Nullable Properties properties) {
                attempts.add(Thread.currentThread());
                if (attempts.size() == 2) {
                    Thread.currentThread().interrupt(); // as when the service is stopped
                }
                return new KafkaConsumer<>(NOWHERE, new StringDeserializer(), new ByteArrayDeserializer());
            }
        });

        assertThatThrownBy(() -> champions.find(Pipelines.builtIn().require("sim"), "gru"))
                .isInstanceOf(InterruptedException.class);
        assertThat(attempts).hasSize(2);
    }
}
