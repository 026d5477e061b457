package io.aerocast.ingest;

import io.aerocast.service.ServiceBase;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/// Sources to checked observations, to the topic, to exactly-once parquet windows.
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(ServiceBase.class)
public class IngestService {

    public static void main(String[] args) {
        start(args);
    }

    /// Starts the service in this JVM; closing the context stops it.
    ///
    /// @param args Spring Boot arguments, such as `--server.port=0`
    public static ConfigurableApplicationContext start(String... args) {
        return new SpringApplicationBuilder(IngestService.class)
                .properties("spring.config.name=ingest-service")
                .run(args);
    }
}
