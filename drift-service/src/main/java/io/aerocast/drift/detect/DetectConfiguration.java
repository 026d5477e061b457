package io.aerocast.drift.detect;

import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DetectConfiguration {

    @Bean
    DriftBoard driftBoard(MeterRegistry meters) {
        return new DriftBoard(meters);
    }

    @Bean
    Detecting detecting(Pipelines pipelines, DetectProperties properties, DriftBoard board, MeterRegistry meters) {
        return new Detecting(pipelines, properties, board, new RollingAccuracy(meters), meters);
    }
}
