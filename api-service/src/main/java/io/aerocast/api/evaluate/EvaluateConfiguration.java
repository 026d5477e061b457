package io.aerocast.api.evaluate;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.board.StationRevisions;
import io.aerocast.api.stream.StreamProperties;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class EvaluateConfiguration {

    @Bean
    EvaluateController evaluateController(
            EvaluateProperties properties,
            Pipelines pipelines,
            StationBoard board,
            TopicFollower<Observation> newestObservations,
            EventPublisher events,
            RollingErrors errors,
            DriftStates drift,
            StationRevisions revisions) {
        return new EvaluateController(
                pipelines,
                new ObservedStations(board, properties.oldest(), newestObservations::caughtUp),
                new TokenBucket(properties.rate(), properties.burst(), System::nanoTime),
                events,
                errors,
                new RollingErrors(properties.window(), properties.series()),
                drift,
                revisions);
    }

    @Bean
    RollingErrors rollingErrors(EvaluateProperties properties) {
        return new RollingErrors(properties.window(), properties.series());
    }

    @Bean
    DriftStates driftStates(StreamProperties properties) {
        return new DriftStates(properties.stations());
    }

    @Bean
    TopicFollower<Evaluation> evaluations(
            EvaluateProperties properties,
            ConsumerFactory<String, byte[]> consumers,
            RollingErrors errors,
            MeterRegistry meters) {
        return TopicFollower.fromTheNewest(properties.replay(), consumers, Topics.EVALUATIONS, errors::add, meters);
    }

    @Bean
    TopicFollower<DriftChanged> driftChanges(
            ConsumerFactory<String, byte[]> consumers, DriftStates states, MeterRegistry meters) {
        return TopicFollower.fromTheStart(consumers, Topics.DRIFT, (event, _, _) -> states.changed(event), meters);
    }
}
