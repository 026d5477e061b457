package io.aerocast.trainer.release;

import io.aerocast.service.EventPublisher;
import io.aerocast.trainer.DataDirectory;
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
    ModelRelease modelRelease(DataDirectory directory, EventPublisher events) {
        return new ModelRelease(directory, events);
    }
}
