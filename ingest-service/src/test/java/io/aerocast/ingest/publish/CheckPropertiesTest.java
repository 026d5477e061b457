package io.aerocast.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CheckPropertiesTest {

    @Test
    void statesItsDefault() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("aerocast.ingest.check", CheckProperties.class))
                .isEqualTo(new CheckProperties(Duration.ofMinutes(5)));
    }
}
