package io.aerocast.trainer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.GruSettings;
import io.aerocast.training.fit.SeasonalSettings;
import io.aerocast.training.judge.GateSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TrainerSettingsTest {

    @Test
    void statesTheDefaults() {
        assertThat(bind("dataset", DatasetProperties.class))
                .isEqualTo(new DatasetProperties(
                        168,
                        Duration.ofDays(9),
                        Duration.ofHours(12),
                        Duration.ofSeconds(5),
                        0.2,
                        168,
                        0.15,
                        2000,
                        10,
                        0.6,
                        8,
                        20_000));
        assertThat(bind("fit", FitProperties.class))
                .isEqualTo(new FitProperties(2, 1, 24, 20, 64, 0.004, 6, 1.0, 0.3, 0.2, true, 30, 1440, 0.9, 42));
        assertThat(bind("check", FlatOutputProperties.class)).isEqualTo(new FlatOutputProperties(0.5, 1.2, 0, 0, 1));
        assertThat(bind("judge", JudgeProperties.class)).isEqualTo(new JudgeProperties(0.05, 20, 0.05, 0.02, 0.1));
        assertThat(bind("data", DataDirectory.class)).isEqualTo(new DataDirectory(Path.of(".aerocast")));
    }

    /// The service's keys and the library's records both state each default: they must agree.
    @Test
    void bindsTheDefaultsOfTheLibrary() {
        assertThat(bind("dataset", DatasetProperties.class).split()).isEqualTo(SplitSettings.defaults());
        assertThat(bind("fit", FitProperties.class).gru()).isEqualTo(GruSettings.defaults());
        assertThat(bind("fit", FitProperties.class).seasonal()).isEqualTo(SeasonalSettings.defaults());
        assertThat(bind("check", FlatOutputProperties.class).limits()).isEqualTo(FlatOutputLimits.defaults());
        assertThat(bind("judge", JudgeProperties.class).gate()).isEqualTo(GateSettings.defaults());
    }

    @Test
    void readsTheConfigurationWithoutStartingTheService() {
        assertThat(TrainerSettings.read().training()).isEqualTo(TrainingSettings.defaults());
    }

    @Test
    void takesAKeyFromSystemProperties() {
        withProperty(
                "aerocast.trainer.fit.hidden",
                "7",
                () -> assertThat(TrainerSettings.read().training().gru().hidden())
                        .isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AEROCAST_TRAINER_FIT_LEARNINGRATE", "AEROCAST_TRAINER_FIT_LEARNING_RATE"})
    void takesAVariableWithAndWithoutUnderscores(String variable) {
        TrainingSettings training =
                TrainerSettings.read(Map.of(variable, "0.01")).training();

        assertThat(training.gru().learningRate()).isEqualTo(0.01);
    }

    @Test
    void refusesAnUnknownKeyOfAFile(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("trainer-service.yml"), "aerocast.trainer.fit.hiden: 7");
        withProperty(
                "spring.config.additional-location",
                directory.toUri().toString(),
                () -> assertThatThrownBy(() -> TrainerSettings.read().training())
                        .rootCause()
                        .hasMessageContaining("aerocast.trainer.fit.hiden"));
    }

    @Test
    void refusesAValueOutOfRange() {
        withProperty(
                "aerocast.trainer.fit.hidden",
                "0",
                () -> assertThatThrownBy(() -> TrainerSettings.read().training())
                        .rootCause()
                        .hasMessageContaining("hidden"));
    }

    private static void withProperty(String key, String value, Runnable action) {
        System.setProperty(key, value);
        try {
            action.run();
        } finally {
            System.clearProperty(key);
        }
    }

    private static <T> T bind(String feature, Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("aerocast.trainer." + feature, type);
    }
}
