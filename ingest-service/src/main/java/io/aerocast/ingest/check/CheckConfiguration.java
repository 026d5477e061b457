package io.aerocast.ingest.check;

import io.aerocast.observation.ObservationCheck;
import io.aerocast.pipeline.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CheckConfiguration {

    @Bean
    ObservationCheck observationCheck(Pipelines pipelines, CheckProperties properties) {
        return new ObservationCheck(pipelines, properties.futureTolerance());
    }
}
