package io.aerocast.service;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.access.AccessConfiguration;
import io.aerocast.service.http.HttpErrorsConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/// The configuration that each service imports: the pipelines, the topics, Kafka clients, `GET /healthz`, problem
/// details, access rules, and the check of the configuration keys. A service also imports the settings of
/// `aerocast-base.yml`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OtlpProperties.class, PipelinesProperties.class})
@Import({
    AccessConfiguration.class,
    HttpErrorsConfiguration.class,
    KafkaClientsConfiguration.class,
    TopicsConfiguration.class
})
public class ServiceBase {

    @Bean
    Pipelines pipelines(PipelinesProperties properties) {
        return properties.file() == null ? Pipelines.builtIn() : Pipelines.read(properties.file());
    }

    @Bean
    MeterBinder buildInfo() {
        return new BuildInfo();
    }

    @Bean
    SmartInitializingSingleton refuseUnknownKeys(ConfigurableEnvironment environment, ListableBeanFactory beans) {
        return () -> new UnknownKeys(beans).refuse(environment);
    }
}
