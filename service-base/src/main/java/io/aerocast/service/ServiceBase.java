package io.aerocast.service;

import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

/// What each service imports: its pipelines, the topics, byte-level Kafka clients whose values the codecs of
/// [io.aerocast.event.Topics] read and write, and `GET /healthz`. A service also imports the settings of
/// `aerocast-base.yml`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OtlpProperties.class, PipelinesProperties.class, TopicsProperties.class})
public class ServiceBase {

    private static final int CLOSE_SECONDS = 1;

    @Bean
    Pipelines pipelines(PipelinesProperties properties) {
        return properties.file() == null ? Pipelines.builtIn() : Pipelines.read(properties.file());
    }

    @Bean
    KafkaClientMeters kafkaClientMeters(MeterRegistry meters) {
        return new KafkaClientMeters(meters);
    }

    @Bean
    static MeterFilter kafkaMetersThatAreKept() {
        return new KafkaMeterFilter();
    }

    @Bean
    ProducerFactory<String, byte[]> producerFactory(KafkaProperties kafka) {
        DefaultKafkaProducerFactory<String, byte[]> producers = new DefaultKafkaProducerFactory<>(
                kafka.buildProducerProperties(), new StringSerializer(), new ByteArraySerializer());
        // Events that a broker which is away cannot take must not hold up the end of the service.
        producers.setPhysicalCloseTimeout(CLOSE_SECONDS);
        return producers;
    }

    @Bean
    KafkaTemplate<String, byte[]> kafkaTemplate(ProducerFactory<String, byte[]> producers, Environment environment) {
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(producers);
        // Failures are logged once, by EventPublisher.
        template.setProducerListener(new ProducerListener<>() {});
        template.setObservationEnabled(TracingSwitch.isOn(environment));
        return template;
    }

    @Bean
    ConsumerFactory<String, byte[]> consumerFactory(KafkaProperties kafka, KafkaClientMeters meters) {
        Map<String, Object> properties = kafka.buildConsumerProperties();
        // A topic that is created by asking for it would get the wrong retention.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        DefaultKafkaConsumerFactory<String, byte[]> consumers =
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.addListener(meters);
        return consumers;
    }

    @Bean
    EventPublisher eventPublisher(KafkaTemplate<String, byte[]> kafka, MeterRegistry meters) {
        return new EventPublisher(kafka, meters);
    }

    @Bean
    ReceivedRecords receivedRecords(ObservationRegistry observations, Environment environment) {
        return new ReceivedRecords(TracingSwitch.isOn(environment) ? observations : ObservationRegistry.NOOP);
    }

    @Bean
    MeterBinder buildInfo(BuildProperties build) {
        return new BuildInfo(build);
    }

    @Bean
    TopicProvisioner topicProvisioner(
            KafkaProperties kafka,
            TopicsProperties properties,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        return new TopicProvisioner(kafka.buildAdminProperties(), properties, events, meters);
    }

    @Bean
    BrokerHealth brokerHealthIndicator(TopicProvisioner provisioner) {
        return new BrokerHealth(provisioner);
    }

    @Bean
    HealthzController healthzController(
            @Value("${spring.application.name}") String service, TopicProvisioner provisioner, List<HealthFact> facts) {
        return new HealthzController(service, provisioner, facts);
    }

    @Bean
    SmartInitializingSingleton unknownKeysAreRefused(ConfigurableEnvironment environment, ListableBeanFactory beans) {
        return () -> new UnknownKeys(beans).refuse(environment);
    }
}
