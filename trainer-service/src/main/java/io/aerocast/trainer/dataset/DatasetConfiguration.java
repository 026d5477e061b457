package io.aerocast.trainer.dataset;

import io.aerocast.lake.Lake;
import io.aerocast.trainer.DataDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatasetConfiguration {

    @Bean
    LandedData landedData(DataDirectory directory, DatasetProperties properties) {
        return new LandedData(new Lake(directory.lake()), properties.maximumSamples());
    }
}
