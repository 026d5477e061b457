package io.aerocast.api.stream;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.service.HealthFact;
import io.aerocast.service.TopicsReady;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);

    @Bean
    StationBoard stationBoard() {
        return new StationBoard();
    }

    @Bean
    TopicFollower<Observation> newestObservations(
            LiveProperties properties,
            ConsumerFactory<String, byte[]> consumers,
            Pipelines pipelines,
            StationBoard board,
            MeterRegistry meters) {
        return TopicFollower.fromTheNewest(
                properties.latest(),
                consumers,
                Topics.OBSERVATIONS,
                (observation, _, arrived) -> pipelines
                        .find(observation.pipeline())
                        .ifPresent(pipeline -> board.observed(pipeline, observation, arrived)),
                meters);
    }

    @Bean
    TopicFollower<Forecast> newestForecasts(
            LiveProperties properties,
            ConsumerFactory<String, byte[]> consumers,
            StationBoard board,
            MeterRegistry meters) {
        return TopicFollower.fromTheNewest(
                properties.latest(), consumers, Topics.FORECASTS, (forecast, _, _) -> board.forecast(forecast), meters);
    }

    @Bean
    ObservationListener observationListener(
            LiveProperties properties,
            ConsumerFactory<String, byte[]> consumers,
            Pipelines pipelines,
            ServedModels served,
            Forecaster forecaster,
            EventPublisher events,
            MeterRegistry meters) {
        return new ObservationListener(
                pipelines,
                properties.intervalHistory(),
                new IntervalMetrics(meters),
                new StreamForecaster(pipelines, served, forecaster, meters),
                new WarmUp(consumers, properties.warmUp()),
                events,
                meters);
    }

    @Bean
    KafkaMessageListenerContainer<String, byte[]> observationContainer(
            LiveProperties properties, ConsumerFactory<String, byte[]> consumers, ObservationListener listener) {
        ContainerProperties container = new ContainerProperties(Topics.OBSERVATIONS.name());
        container.setGroupId(properties.group());
        container.setMessageListener(listener);
        container.setConsumerRebalanceListener(listener);
        container.setShutdownTimeout(SHUTDOWN.toMillis());
        var observations = new KafkaMessageListenerContainer<>(consumers, container);
        // The listener fails only where the broker does not take its forecasts: it is tried until it does.
        observations.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(RETRY.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        observations.setAutoStartup(false);
        observations.setBeanName("live");
        return observations;
    }

    @Bean
    ApplicationListener<TopicsReady> liveStart(KafkaMessageListenerContainer<String, byte[]> observationContainer) {
        return _ -> observationContainer.start();
    }

    /// `stations`: how many have been observed.
    @Bean
    HealthFact stationsFact(StationBoard board) {
        return () -> Map.of("stations", board.stations().size());
    }
}
