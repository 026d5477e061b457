package io.aerocast.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

/// Kafka clients whose values are bytes, which the codecs of [io.aerocast.event.Topics] encode and decode.
@Configuration(proxyBeanMethods = false)
class KafkaClientsConfiguration {

    private static final int CLOSE_SECONDS = 1;

    @Bean
    KafkaClientMeters kafkaClientMeters(MeterRegistry meters) {
        return new KafkaClientMeters(meters);
    }

    @Bean
    static MeterFilter kafkaMeterFilter() {
        return new KafkaMeterFilter();
    }

    @Bean
    ProducerFactory<String, byte[]> producerFactory(KafkaProperties kafka) {
        DefaultKafkaProducerFactory<String, byte[]> producers = new DefaultKafkaProducerFactory<>(
                kafka.buildProducerProperties(), new StringSerializer(), new ByteArraySerializer());
        // Events that cannot be sent while the broker is away must not delay the end of the service.
        producers.setPhysicalCloseTimeout(CLOSE_SECONDS);
        return producers;
    }

    @Bean
    KafkaTemplate<String, byte[]> kafkaTemplate(ProducerFactory<String, byte[]> producers, Environment environment) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(producers);
        // EventPublisher logs failures; the default listener would log them again.
        template.setProducerListener(new ProducerListener<>() {});
        template.setObservationEnabled(TracingSwitch.isOn(environment));
        return template;
    }

    @Bean
    ConsumerFactory<String, byte[]> consumerFactory(KafkaProperties kafka, KafkaClientMeters meters) {
        Map<String, Object> properties = kafka.buildConsumerProperties();
        // A topic that is created by a subscription would have the wrong retention.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        DefaultKafkaConsumerFactory<String, byte[]> consumers =
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(meters);
        return consumers;
    }

    @Bean
    EventPublisher eventPublisher(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters) {
        return new EventPublisher(kafka, meters, InstantSource.system());
    }

    @Bean
    ReceivedRecords receivedRecords(ObservationRegistry observations, Environment environment) {
        return new ReceivedRecords(TracingSwitch.isOn(environment) ? observations : ObservationRegistry.NOOP);
    }
}
