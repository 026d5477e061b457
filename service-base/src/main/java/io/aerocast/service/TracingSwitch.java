package io.aerocast.service;

import java.net.URI;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/// Enables tracing if `aerocast.otlp.endpoint`, or OpenTelemetry's `OTEL_EXPORTER_OTLP_ENDPOINT`, is set, and
/// disables it otherwise. Spring Boot's own keys take precedence.
final class TracingSwitch implements EnvironmentPostProcessor, Ordered {

    /// Spring Boot exports traces if this key is set; it also derives it from OpenTelemetry's own variables.
    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    static boolean isOn(Environment environment) {
        return environment.containsProperty(ENDPOINT);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        OtlpProperties otlp =
                Binder.get(environment).bindOrCreate(OtlpProperties.PREFIX, Bindable.of(OtlpProperties.class));
        URI endpoint = otlp.endpoint();
        if (endpoint != null) {
            String base = endpoint.toString().replaceFirst("/+$", "");
            add(
                    environment,
                    Map.of(ENDPOINT, base + "/v1/traces", "management.tracing.sampling.probability", otlp.sampling()));
        } else if (!isOn(environment)) {
            // Without export, Spring Boot configures no sampler, and the SDK's default would record every span.
            add(
                    environment,
                    Map.of(
                            "management.opentelemetry.tracing.sampler",
                            "always-off",
                            "management.tracing.export.enabled",
                            false));
        }
    }

    /// Runs after Spring Boot has read the configuration files and OpenTelemetry's variables.
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    private static void add(ConfigurableEnvironment environment, Map<String, Object> properties) {
        environment.getPropertySources().addLast(new MapPropertySource("tracing", properties));
    }
}
