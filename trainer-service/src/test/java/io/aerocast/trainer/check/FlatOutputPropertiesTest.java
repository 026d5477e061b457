package io.aerocast.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FlatOutputPropertiesTest {

    @Test
    void statesTheDefaults() {
        FlatOutputProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("aerocast.trainer.check", FlatOutputProperties.class);

        assertThat(properties).isEqualTo(new FlatOutputProperties(0.5, 1.2, 0, 0, 1));
    }
}
