package io.aerocast.ingest.land;

import io.aerocast.lake.Lake;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
}
