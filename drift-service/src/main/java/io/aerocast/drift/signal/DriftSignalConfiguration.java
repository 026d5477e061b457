package io.aerocast.drift.signal;

import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DriftSignalConfiguration {

    @Bean
    Signalling signalling(Pipelines pipelines, DriftSignalProperties properties, MeterRegistry meters) {
        return new Signalling(pipelines, properties, meters);
    }
}
