package io.aerocast.drift.detect;

import io.aerocast.drift.station.StationsProperties;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DetectConfiguration {

    @Bean
    DriftBoard driftBoard(MeterRegistry meters, StationsProperties limits) {
        return new DriftBoard(meters, limits.published());
    }

    @Bean
    Detecting detecting(
            Pipelines pipelines,
            DetectProperties properties,
            StationsProperties limits,
            DriftBoard board,
            MeterRegistry meters) {
        return new Detecting(pipelines, properties, limits, board, new RollingAccuracy(meters), meters);
    }
}
