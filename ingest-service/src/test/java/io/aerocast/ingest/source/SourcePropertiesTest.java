package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SourcePropertiesTest {

    @Test
    void statesEveryDefault() {
        assertThat(bind("simulator", SimulatorProperties.class))
                .isEqualTo(new SimulatorProperties(
                        false,
                        "sim",
                        "SIM-1",
                        1,
                        600,
                        null,
                        false,
                        Instant.parse("2020-01-01T00:00:00Z"),
                        SimulatorProperties.Pace.ACCELERATED,
                        Duration.ofSeconds(1)));
        assertThat(bind("replay", ReplayProperties.class))
                .isEqualTo(new ReplayProperties(false, "noaa", null, null, Duration.ofSeconds(1)));
        assertThat(bind("sources", SourcesProperties.class))
                .isEqualTo(new SourcesProperties(Path.of(".aerocast"), 256));
    }

    private static <T> T bind(String feature, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource()).bindOrCreate("aerocast.ingest." + feature, type);
    }
}
