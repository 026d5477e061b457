package io.aerocast.trainer.release;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.track.RunTracker;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class ReleaseConfiguration {

    @Bean
    Champions champions(ConsumerFactory<String, byte[]> consumers) {
        return new Champions(consumers);
    }

    @Bean
    Rollback rollback(Pipelines pipelines, Champions champions, ModelRelease release, RunTracker tracker) {
        return new Rollback(pipelines, champions, release, tracker);
    }

    @Bean
    RollbackController rollbackController(Rollback rollback) {
        return new RollbackController(rollback);
    }

    @Bean
    ModelRelease modelRelease(DataDirectory directory, EventPublisher events) {
        return new ModelRelease(directory, events);
    }
}
