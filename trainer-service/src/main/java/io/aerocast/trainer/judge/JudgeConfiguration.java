package io.aerocast.trainer.judge;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class JudgeConfiguration {

    @Bean
    Judge judge(JudgeProperties properties) {
        return new Judge(properties);
    }
}
