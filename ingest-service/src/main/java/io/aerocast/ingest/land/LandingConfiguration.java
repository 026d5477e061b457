package io.aerocast.ingest.land;

import io.aerocast.ingest.publish.DeadLetters;
import io.aerocast.ingest.publish.ObservationCounter;
import io.aerocast.lake.Lake;
import io.aerocast.observation.ObservationCheck;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

@Configuration(proxyBeanMethods = false)
class LandingConfiguration {

    @Bean
    Lake lake(LandingProperties properties) {
        return new Lake(properties.dataDirectory());
    }

    @Bean
    LandingMetrics landingMetrics(MeterRegistry meters, Clock clock) {
        return new LandingMetrics(meters, clock);
    }

    @Bean
    Intake intake(ObservationCheck check, DeadLetters deadLetters, ObservationCounter counter) {
        return new Intake(check, deadLetters, counter);
    }

    @Bean
    WindowWriter windowWriter(Lake lake, Pipelines pipelines, EventPublisher events, LandingMetrics metrics) {
        return new WindowWriter(lake, pipelines, events, metrics);
    }

    @Bean
    Lander lander(
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            Intake intake,
            WindowWriter writer,
            LandingProperties limits,
            LandingMetrics metrics,
            Clock clock) {
        return new Lander(consumers, admin, intake, writer, limits, metrics, clock);
    }
}
