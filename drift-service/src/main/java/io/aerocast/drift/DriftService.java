package io.aerocast.drift;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/// Forecasts joined with what came true; drift of the error; retrain signals.
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(ServiceBase.class)
public class DriftService {

    public static void main(String[] args) {
        start(args);
    }

    /// Starts the service in this JVM; closing the context stops it.
    ///
    /// @param args Spring Boot arguments, such as `--server.port=0`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(DriftService.class)
                .properties("spring.config.name=drift-service")
                .run(args);
    }
}
