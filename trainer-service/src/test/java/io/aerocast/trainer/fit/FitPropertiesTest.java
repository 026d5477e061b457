package io.aerocast.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FitPropertiesTest {

    @Test
    void statesTheDefaults() {
        FitProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("aerocast.trainer.fit", FitProperties.class);

        assertThat(properties)
                .isEqualTo(new FitProperties(2, 1, 24, 20, 64, 0.004, 6, 1.0, 0.3, 0.2, true, 30, 1440, 0.9, 42));
    }
}
