package io.aerocast.ingest.publish;

import io.aerocast.observation.ObservationCheck;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

    @Bean
    ObservationCheck observationCheck(Pipelines pipelines, CheckProperties properties) {
        return new ObservationCheck(pipelines, properties.futureTolerance());
    }

    @Bean
    ObservationCounter observationCounter(MeterRegistry meters, Pipelines pipelines) {
        return new ObservationCounter(meters, pipelines);
    }

    @Bean
    DeadLetters deadLetters(EventPublisher events, Clock clock, MeterRegistry meters) {
        return new DeadLetters(events, clock, meters);
    }

    @Bean
    ObservationPublisher observationPublisher(
            ObservationCheck check,
            EventPublisher events,
            DeadLetters deadLetters,
            Clock clock,
            ObservationCounter counter) {
        return new ObservationPublisher(check, events, deadLetters, clock, counter);
    }
}
