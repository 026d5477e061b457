package io.aerocast.api.stream;

import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.model.StationErrors;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.service.TopicsReady;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);

    @Bean
    ObservationListener observationListener(
            StreamProperties properties,
            ConsumerFactory<String, byte[]> consumers,
            Pipelines pipelines,
            ServedModels served,
            Forecaster forecaster,
            StationErrors errors,
            EventPublisher events,
            MeterRegistry meters) {
        return new ObservationListener(
                pipelines,
                properties,
                new IntervalMetrics(meters),
                new StreamForecaster(served, forecaster, errors, meters),
                new WarmUp(consumers, properties.warmUp()),
                events,
                meters);
    }

    @Bean
    KafkaMessageListenerContainer<String, byte[]> observationContainer(
            StreamProperties properties, ConsumerFactory<String, byte[]> consumers, ObservationListener listener) {
        ContainerProperties container = new ContainerProperties(Topics.OBSERVATIONS.name());
        container.setGroupId(properties.group());
        container.setMessageListener(listener);
        container.setConsumerRebalanceListener(listener);
        container.setShutdownTimeout(SHUTDOWN.toMillis());
        var observations = new KafkaMessageListenerContainer<>(consumers, container);
        // The listener fails only if the broker does not acknowledge its forecasts; it is called until it succeeds.
        observations.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(RETRY.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        observations.setAutoStartup(false);
        observations.setBeanName("live"); // part of the names of its threads and metrics
        return observations;
    }

    @Bean
    ApplicationListener<TopicsReady> streamStart(KafkaMessageListenerContainer<String, byte[]> observationContainer) {
        return _ -> observationContainer.start();
    }
}
