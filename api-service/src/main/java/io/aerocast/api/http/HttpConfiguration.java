package io.aerocast.api.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    BodyLimit bodyLimit(HttpProperties properties) {
        return new BodyLimit(properties);
    }

    @Bean
    ProblemDetails problemDetails() {
        return new ProblemDetails();
    }

    @Bean
    SecurityHeaders securityHeaders() {
        return new SecurityHeaders();
    }

    @Bean
    CrossOrigin crossOrigin(HttpProperties properties) {
        return new CrossOrigin(properties);
    }
}
