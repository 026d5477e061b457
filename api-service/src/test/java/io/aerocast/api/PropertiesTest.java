package io.aerocast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.api.evaluate.EvaluateProperties;
import io.aerocast.api.http.HttpProperties;
import io.aerocast.api.live.LiveProperties;
import io.aerocast.api.retrain.RetrainProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class PropertiesTest {

    @Test
    void statesEveryDefault() {
        assertThat(bind("aerocast.api.http", HttpProperties.class, Map.of()))
                .isEqualTo(new HttpProperties(DataSize.ofMegabytes(1)));
        assertThat(bind("aerocast.api.evaluate", EvaluateProperties.class, Map.of()))
                .isEqualTo(new EvaluateProperties(100, 10_000, 10_000));
        assertThat(bind("aerocast.api.retrain", RetrainProperties.class, Map.of()))
                .isEqualTo(new RetrainProperties(Duration.ofDays(7)));
        assertThat(bind("aerocast.api.live", LiveProperties.class, Map.of()))
                .isEqualTo(new LiveProperties("aerocast-api", 100_000, 336, 10_000));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> bind(
                        "aerocast.api.retrain",
                        RetrainProperties.class,
                        Map.of("aerocast.api.retrain.max-age", "10ms")))
                .hasRootCauseMessage("aerocast.api.retrain.max-age must be at least 1s, found PT0.01S");
        assertThatThrownBy(() ->
                        bind("aerocast.api.http", HttpProperties.class, Map.of("aerocast.api.http.max-body", "0B")))
                .hasRootCauseMessage("aerocast.api.http.max-body must lie between 1B and 2GB, found 0B");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
