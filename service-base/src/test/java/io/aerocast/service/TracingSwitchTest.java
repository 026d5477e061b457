package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class TracingSwitchTest {

    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Test
    void tracesNothingWithoutACollector() {
        for (Map<String, Object> keys : List.<Map<String, Object>>of(Map.of(), Map.of("aerocast.otlp.endpoint", ""))) {
            ConfigurableEnvironment environment = environment(keys);

            assertThat(TracingSwitch.isOn(environment)).isFalse();
            assertThat(environment.getProperty("management.opentelemetry.tracing.sampler"))
                    .isEqualTo("always-off");
            assertThat(environment.getProperty("management.tracing.export.enabled"))
                    .isEqualTo("false");
        }
    }

    @Test
    void exportsTracesToTheCollector() {
        ConfigurableEnvironment environment = environment(
                Map.of("aerocast.otlp.endpoint", "http://collector:4318/", "aerocast.otlp.sampling", "0.5"));

        assertThat(TracingSwitch.isOn(environment)).isTrue();
        assertThat(environment.getProperty(ENDPOINT)).isEqualTo("http://collector:4318/v1/traces");
        assertThat(environment.getProperty("management.tracing.sampling.probability"))
                .isEqualTo("0.5");
        assertThat(environment.getProperty("management.opentelemetry.tracing.sampler"))
                .isNull();
    }

    @Test
    void doesNotOverrideSpringBootsOwnKey() {
        ConfigurableEnvironment environment = environment(Map.of(ENDPOINT, "http://other/v1/traces"));

        assertThat(TracingSwitch.isOn(environment)).isTrue();
        assertThat(environment.getProperty(ENDPOINT)).isEqualTo("http://other/v1/traces");
        assertThat(environment.getProperty("management.opentelemetry.tracing.sampler"))
                .isNull();
    }

    @Test
    void refusesAnAddressWithoutAScheme() {
        assertThatThrownBy(() -> environment(Map.of("aerocast.otlp.endpoint", "collector:4318")))
                .hasRootCauseMessage(
                        "aerocast.otlp.endpoint must be an address such as http://collector:4318, found collector:4318");
    }

    private static ConfigurableEnvironment environment(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        new TracingSwitch().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
