package io.aerocast.api.training;

import io.aerocast.api.model.ServedModels;
import io.aerocast.api.retrain.RetrainSignals;
import io.aerocast.pipeline.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class TrainerConfiguration {

    @Bean
    TrainerClient trainerClient(TrainerProperties properties) {
        return new TrainerClient(properties);
    }

    @Bean
    TrainingController trainingController(
            Pipelines pipelines, TrainerClient trainer, RetrainSignals signals, JsonMapper json) {
        return new TrainingController(pipelines, trainer, signals, json);
    }

    @Bean
    ModelsController modelsController(Pipelines pipelines, ServedModels served, TrainerClient trainer) {
        return new ModelsController(pipelines, served, trainer);
    }
}
