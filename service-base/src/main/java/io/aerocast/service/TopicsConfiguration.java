package io.aerocast.service;

import io.aerocast.service.access.AccessProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The topics, and the health of the service, which depends on them.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicsProperties.class)
class TopicsConfiguration {

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
            @Value("${spring.application.name}") String service,
            TopicProvisioner provisioner,
            List<HealthFact> facts,
            AccessProperties access) {
        return new HealthzController(service, provisioner, facts, access.isProtected());
    }
}
