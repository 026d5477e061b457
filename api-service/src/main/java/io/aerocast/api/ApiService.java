package io.aerocast.api;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/// Forecasts over REST and as a stream, from the model that was last proven.
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(ServiceBase.class)
public class ApiService {

    public static void main(String[] args) {
        start(args);
    }

    /// Starts the service in this JVM; closing the context stops it.
    ///
    /// @param args Spring Boot arguments, such as `--server.port=0`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(ApiService.class)
                .properties("spring.config.name=api-service")
                .run(args);
    }
}
