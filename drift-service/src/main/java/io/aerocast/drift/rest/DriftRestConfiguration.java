package io.aerocast.drift.rest;

import io.aerocast.drift.streams.StationStates;
import io.aerocast.pipeline.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DriftRestConfiguration {

    @Bean
    DriftController driftController(Pipelines pipelines, StationStates states) {
        return new DriftController(pipelines, states);
    }
}
