package io.aerocast.trainer;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The trainer: turns a retrain signal into a dataset, a fit, a judgement and a published model.
///
/// Each feature has one package-private `@Configuration`, which declares its beans; nothing else is scanned.
@SpringBootApplication
@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(Configuration.class))
@ConfigurationPropertiesScan
@Import(ServiceBase.class)
public class TrainerService {

    public static void main(String[] args) {
        start(args);
    }

    /// Starts the service in this JVM; closing the context stops it.
    ///
    /// @param args Spring Boot arguments, as in `--server.port=0`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(TrainerService.class)
                .properties("spring.config.name=trainer-service")
                .run(args);
    }
}
