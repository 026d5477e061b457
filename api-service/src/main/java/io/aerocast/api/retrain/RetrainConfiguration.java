package io.aerocast.api.retrain;

import io.aerocast.api.model.ServedModels;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RetrainConfiguration {

    @Bean
    RetrainController retrainController(
            Pipelines pipelines, ServedModels served, RetrainProperties properties, EventPublisher events) {
        return new RetrainController(pipelines, served, new RetrainCheck(properties.maxAge()), events);
    }
}
