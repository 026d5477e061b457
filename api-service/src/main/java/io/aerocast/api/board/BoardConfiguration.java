package io.aerocast.api.board;

import io.aerocast.api.stream.StreamProperties;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.HealthFact;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class BoardConfiguration {

    @Bean
    StationBoard stationBoard(StreamProperties properties) {
        return new StationBoard(properties.stations());
    }

    @Bean
    StationRevisions stationRevisions() {
        return new StationRevisions();
    }

    @Bean
    TopicFollower<Observation> newestObservations(
            StreamProperties properties,
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
            StreamProperties properties,
            ConsumerFactory<String, byte[]> consumers,
            StationBoard board,
            MeterRegistry meters) {
        return TopicFollower.fromTheNewest(
                properties.latest(), consumers, Topics.FORECASTS, (forecast, _, _) -> board.forecast(forecast), meters);
    }

    /// `stations`: the number of stations that have been observed.
    @Bean
    HealthFact stationsFact(StationBoard board) {
        return () -> Map.of("stations", board.stations().size());
    }
}
