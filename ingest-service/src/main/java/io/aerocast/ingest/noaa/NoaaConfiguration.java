package io.aerocast.ingest.noaa;

import io.aerocast.ingest.publish.ObservationPublisher;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NoaaConfiguration {

    @Bean
    @ConditionalOnBooleanProperty("aerocast.ingest.noaa.enabled")
    NoaaSource noaaSource(
            NoaaProperties properties,
            Pipelines pipelines,
            ObservationPublisher publisher,
            Clock clock,
            MeterRegistry meters) {
        return new NoaaSource(
                properties,
                new NoaaClient(properties.url(), Objects.requireNonNull(properties.userAgent()), properties.timeout()),
                new RecordForm(pipelines.require(properties.pipeline())),
                publisher,
                clock,
                meters);
    }
}
