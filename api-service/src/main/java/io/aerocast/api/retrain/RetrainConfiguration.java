package io.aerocast.api.retrain;

import io.aerocast.api.model.ServedModels;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class RetrainConfiguration {

    @Bean
    RequestedTrainings requestedTrainings() {
        return new RequestedTrainings();
    }

    @Bean
    TopicFollower<RetrainSignal> trainingRequests(
            ConsumerFactory<String, byte[]> consumers, RequestedTrainings requested, MeterRegistry meters) {
        return TopicFollower.fromTheStart(consumers, Topics.RETRAIN, (signal, _, _) -> requested.add(signal), meters);
    }

    @Bean
    RetrainController retrainController(
            Pipelines pipelines,
            ServedModels served,
            RetrainProperties properties,
            RequestedTrainings requested,
            TopicFollower<RetrainSignal> trainingRequests,
            EventPublisher events) {
        return new RetrainController(
                pipelines, served, new RetrainCheck(properties.maxAge()), requested, trainingRequests, events);
    }

    @Bean
    RetrainSignals signals() {
        return new RetrainSignals();
    }

    @Bean
    TopicFollower<RetrainSignal> retrainSignals(
            ConsumerFactory<String, byte[]> consumers, RetrainSignals signals, MeterRegistry meters) {
        return TopicFollower.fromTheNewest(
                RetrainSignals.KEPT, consumers, Topics.RETRAIN, (signal, _, _) -> signals.raised(signal), meters);
    }
}
