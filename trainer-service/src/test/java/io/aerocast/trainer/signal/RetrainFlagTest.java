package io.aerocast.trainer.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainFlagTest {

    private static final Instant TIME = Instant.parse("2026-11-23T03:51:00Z");

    @Test
    void readsPipelineReasonAndNote() {
        RetrainSignal signal = flag("# raised by detect\npipeline = sim\nreason=drift\n\nnote=error grew = 3x\n")
                .signal("noaa");

        assertThat(signal.pipeline()).isEqualTo("sim");
        assertThat(signal.reason()).isEqualTo(RetrainReason.DRIFT);
        assertThat(signal.note()).isEqualTo("error grew = 3x");
        assertThat(signal.raisedAt()).isEqualTo(TIME);
        assertThat(signal.changedSince()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "pipeline=\nreason=\nnote=\n"})
    void anEmptyFlagRequestsAManualTrainingOfTheDefaultPipeline(String content) {
        RetrainSignal signal = flag(content).signal("noaa");

        assertThat(signal.pipeline()).isEqualTo("noaa");
        assertThat(signal.reason()).isEqualTo(RetrainReason.MANUAL);
        assertThat(signal.note()).isEqualTo("a retrain.flag in the data directory");
    }

    @Test
    void theSameFlagGivesTheSameSignalAndAnotherFlagAnotherOne() {
        String id = flag("pipeline=sim").signal("noaa").id();

        assertThat(id)
                .matches("flag-[0-9a-f]{16}")
                .isEqualTo(flag("pipeline=sim").signal("noaa").id());
        assertThat(flag("pipeline=noaa").signal("noaa").id()).isNotEqualTo(id);
        assertThat(new RetrainFlag(TIME.plusMillis(1), bytes("pipeline=sim"))
                        .signal("noaa")
                        .id())
                .isNotEqualTo(id);
    }

    @Test
    void refusesUnknownKeysAndValues() {
        assertThatThrownBy(() -> flag("retrain please").signal("noaa"))
                .hasMessage("expected lines pipeline=…, feature=…, reason=… or note=…, found 'retrain please'");
        assertThatThrownBy(() -> flag("station=KJFK").signal("noaa")).hasMessageContaining("'station=KJFK'");
        assertThatThrownBy(() -> flag("reason=heat").signal("noaa"))
                .hasMessageContaining("drift, degraded, schedule, manual");
        assertThatThrownBy(() -> new RetrainFlag(TIME, new byte[] {(byte) 0xff}).signal("noaa"))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void readsTheFileThatIsThere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("retrain.flag");
        assertThat(RetrainFlag.at(file)).isEmpty();

        Files.writeString(file, "pipeline=sim");
        Files.setLastModifiedTime(file, FileTime.from(TIME));
        assertThat(RetrainFlag.at(file)).contains(flag("pipeline=sim"));

        Files.write(file, new byte[20_000]);
        assertThatThrownBy(() -> RetrainFlag.at(file)).hasMessageContaining("at most 16384 bytes, found 20000");
    }

    private static RetrainFlag flag(String content) {
        return new RetrainFlag(TIME, bytes(content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
