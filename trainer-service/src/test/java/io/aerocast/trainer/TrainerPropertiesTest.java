package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.dataset.DatasetProperties;
import io.aerocast.trainer.judge.JudgeProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TrainerPropertiesTest {

    @Test
    void statesTheDefaults() {
        assertThat(bind("dataset", DatasetProperties.class))
                .isEqualTo(new DatasetProperties(
                        168, Duration.ofDays(9), Duration.ofSeconds(5), 0.2, 0.15, 2000, 10, 0.6, 8, 20_000));
        assertThat(bind("judge", JudgeProperties.class)).isEqualTo(new JudgeProperties(0.05, 20, 0.05, 0.02, 0.1));
        assertThat(bind("data", DataDirectory.class)).isEqualTo(new DataDirectory(Path.of(".aerocast")));
    }

    private static <T> T bind(String feature, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("aerocast.trainer." + feature, type);
    }
}
