package io.aerocast.drift;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Joins forecasts with observed values, detects drift of the forecast error and raises retrain signals.
///
/// Each feature has one package-private `@Configuration`, which declares its beans; nothing else is scanned.
@SpringBootApplication
@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(Configuration.class))
@ConfigurationPropertiesScan
@Import(ServiceBase.class)
public class DriftService {

    public static void main(String[] args) {
        start(args);
    }

    /// Starts the service in this JVM. Closing the returned context stops it.
    ///
    /// @param args Spring Boot arguments, such as `--server.port=0`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(DriftService.class)
                .properties("spring.config.name=drift-service")
                .run(args);
    }
}
