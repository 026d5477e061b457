package io.aerocast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeasonTest {

    @Test
    void weatherFollowsTheDayAndTheYear() {
        assertThat(Pipelines.builtIn().require("noaa").seasons())
                .containsExactly(new Season(Duration.ofHours(24), 4), new Season(Duration.ofHours(8766), 3));
    }

    @Test
    void theSimulatorFollowsADayOf24Seconds() {
        assertThat(Pipelines.builtIn().require("sim").seasons()).containsExactly(new Season(Duration.ofSeconds(24), 3));
    }

    @Test
    void areOptionalInAPipelinesFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("pipelines.json"), """
                [{"name": "tide", "cadence": "PT10M", "lookback": 12, "horizons": [1],
                  "features": [{"name": "level", "unit": "m", "column": "level", "minimum": -5, "maximum": 15}]}]
                """);

        assertThat(Pipelines.read(file).require("tide").seasons()).isEmpty();
    }

    @Test
    void refusesACycleWithoutPeriodOrHarmonics() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Season(Duration.ZERO, 1))
                .withMessage("A season's period must be at least 1 ms, found PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Season(Duration.ofHours(24), 0))
                .withMessage("A season of period PT24H needs at least one harmonic, found 0");
    }
}
