package io.aerocast.trainer.lineage;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.DataDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LineageConfiguration {

    @Bean
    Lineages lineages(Pipelines pipelines, DataDirectory directory) {
        return new Lineages(pipelines, directory);
    }

    @Bean
    LineageController lineageController(Lineages lineages) {
        return new LineageController(lineages);
    }
}
