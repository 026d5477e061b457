package io.aerocast.ingest.noaa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NoaaPropertiesTest {

    @Test
    void statesEveryDefault() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("aerocast.ingest.noaa", NoaaProperties.class))
                .isEqualTo(new NoaaProperties(
                        false,
                        "noaa",
                        List.of("KJFK"),
                        null,
                        URI.create("https://api.weather.gov"),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        Duration.ofHours(1),
                        24,
                        500));
    }
}
