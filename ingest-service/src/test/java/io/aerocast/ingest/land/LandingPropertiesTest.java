package io.aerocast.ingest.land;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LandingPropertiesTest {

    @Test
    void statesEveryDefault() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("aerocast.ingest.landing", LandingProperties.class))
                .isEqualTo(new LandingProperties(true, Path.of(".aerocast"), 512, Duration.ofMinutes(1), 100_000));
    }
}
