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
@ConditionalOnBooleanProperty("aerocast.ingest.noaa.enabled")
class NoaaConfiguration {

    @Bean
    NoaaClient noaaClient(NoaaProperties properties) {
        return new NoaaClient(properties.url(), Objects.requireNonNull(properties.userAgent()), properties.timeout());
    }

    @Bean
    NoaaSource noaaSource(
            NoaaProperties properties,
            NoaaClient client,
            Pipelines pipelines,
            ObservationPublisher publisher,
            Clock clock,
            MeterRegistry meters) {
        return new NoaaSource(
                properties, client, new RecordForm(pipelines.require(properties.pipeline())), publisher, clock, meters);
    }
}
