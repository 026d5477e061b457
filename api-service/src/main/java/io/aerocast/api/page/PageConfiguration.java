package io.aerocast.api.page;

import io.aerocast.api.model.ServedModels;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.api.training.TrainerProperties;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.TopicProvisioner;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    PageController pageController() {
        return new PageController();
    }

    @Bean
    TrainerFacts trainerFacts(TrainerProperties properties) {
        return new TrainerFacts(properties.url());
    }

    @Bean
    StatusController statusController(
            Pipelines pipelines,
            ServedModels served,
            TopicProvisioner broker,
            List<TopicFollower<?>> followed,
            TrainerFacts trainer,
            LinksProperties links) {
        return new StatusController(pipelines, served, broker, followed, trainer, links);
    }
}
