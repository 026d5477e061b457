package io.aerocast.trainer.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SignalPropertiesTest {

    @Test
    void statesTheDefaults() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("aerocast.trainer.signal", SignalProperties.class))
                .isEqualTo(new SignalProperties("aerocast-trainer", "noaa", Duration.ofSeconds(1)));
    }
}
