package io.aerocast.trainer.check;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CheckConfiguration {

    @Bean
    FlatOutputCheck flatOutputCheck(FlatOutputProperties properties) {
        return new FlatOutputCheck(properties);
    }
}
