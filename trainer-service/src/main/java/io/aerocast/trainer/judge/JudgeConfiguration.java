package io.aerocast.trainer.judge;

import io.aerocast.trainer.check.FlatOutputCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class JudgeConfiguration {

    @Bean
    Judge judge(JudgeProperties properties, FlatOutputCheck flatOutput) {
        return new Judge(properties, flatOutput);
    }
}
