package io.aerocast.api.model;

import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.HealthFact;
import io.aerocast.service.ReceivedRecords;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class ModelConfiguration {

    /// Targets of stations whose weights are kept for requests.
    private static final int POOL = 3_000;

    @Bean
    ServedModels servedModels() {
        return new ServedModels();
    }

    @Bean
    StationErrors stationErrors() {
        return new StationErrors(POOL);
    }

    @Bean
    Forecaster forecaster(MeterRegistry meters) {
        return new Forecaster(meters);
    }

    @Bean
    ModelDesk modelDesk(Pipelines pipelines, ServedModels served, MeterRegistry meters) {
        ModelDesk desk = new ModelDesk(new ModelGate(pipelines), served, meters);
        desk.serveShipped(pipelines);
        return desk;
    }

    @Bean
    TopicFollower<ModelPublished> publishedModels(
            ConsumerFactory<String, byte[]> consumers, ModelDesk desk, MeterRegistry meters, ReceivedRecords records) {
        return TopicFollower.fromTheStart(consumers, Topics.MODELS, (event, _, _) -> desk.receive(event), meters)
                .traced(records);
    }

    /// Up once every model that was published before the start serves.
    @Bean
    HealthIndicator modelsHealthIndicator(TopicFollower<ModelPublished> publishedModels) {
        return () -> (publishedModels.caughtUp() ? Health.up() : Health.outOfService()).build();
    }

    @Bean
    HealthFact modelsFact(ServedModels served, TopicFollower<ModelPublished> publishedModels) {
        return new ModelsFact(served, publishedModels);
    }
}
