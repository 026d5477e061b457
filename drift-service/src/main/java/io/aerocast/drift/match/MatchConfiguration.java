package io.aerocast.drift.match;

import io.aerocast.drift.station.StationsProperties;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MatchConfiguration {

    @Bean
    Matching matching(
            Pipelines pipelines, MatchProperties properties, StationsProperties limits, MeterRegistry meters) {
        return new Matching(pipelines, properties, limits, meters);
    }
}
