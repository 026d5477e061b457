package io.aerocast.ingest;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Publishes checked observations of all sources to a topic, and lands the topic in parquet windows exactly once.
///
/// Each feature has one package-private `@Configuration`, which declares its beans; nothing else is scanned.
@SpringBootApplication
@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(Configuration.class))
@ConfigurationPropertiesScan
@Import(ServiceBase.class)
public class IngestService {

    public static void main(String[] args) {
        start(args);
    }

    /// Starts the service in this JVM; closing the context stops it.
    ///
    /// @param args Spring Boot arguments, for example `--server.port=0`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(IngestService.class)
                .properties("spring.config.name=ingest-service")
                .run(args);
    }
}
