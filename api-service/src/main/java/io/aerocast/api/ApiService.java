package io.aerocast.api;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Forecasts over REST and in a stream, with the model that was promoted last. Each feature has one package-private
/// `@Configuration`, which declares its beans; nothing else is scanned.
@SpringBootApplication
@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(Configuration.class))
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
