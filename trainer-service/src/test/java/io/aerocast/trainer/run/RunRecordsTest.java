package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.run.RunRecord.Data;
import io.aerocast.trainer.run.RunRecord.ModelRun;
import io.aerocast.trainer.run.RunRecord.Part;
import io.aerocast.trainer.run.RunRecord.State;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.score.Finding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

    private static final Instant TIME = Instant.parse("2026-11-23T03:51:00Z");
    private static final RetrainSignal SIGNAL = new RetrainSignal(
            "sim/lab/2026:1",
            "sim",
            RetrainReason.DRIFT,
            TIME,
            "lab",
            TIME.minusSeconds(60),
            "error grew",
            Map.of("ratio", 3.0));

    @TempDir
    Path directory;

    @Test
    void readsBackWhatItKept() throws IOException {
        Part part = new Part(TIME, TIME.plusSeconds(9), 10, "ab");
        Quality quality = new Quality(List.of(new FeatureQuality("temperature", 10, 1, 0, 0, 0)));
        RunRecord run = RunRecord.start(SIGNAL, TIME)
                .with(new Data(List.of(new Source("lab", 0, 10, 3, 12)), 7, part, part, part, part, quality, 1.5))
                .with(promoted())
                .with(promoted().asPublished())
                .finished(TIME.plusSeconds(5));
        RunRecords log = new RunRecords(directory.resolve("runs"));

        log.save(run);

        assertThat(log.find(run.id())).contains(run);
        assertThat(log.find("other")).isEmpty();
        assertThat(log.all()).containsExactly(run);
        assertThat(run.state()).isEqualTo(State.FINISHED);
        assertThat(run.models())
                .singleElement()
                .satisfies(model -> assertThat(model.published()).isTrue());
        assertThat(directory.resolve("runs").resolve(run.id() + ".json"))
                .content()
                .contains(
                        "\"state\" : \"finished\"",
                        "\"reason\" : \"drift\"",
                        "\"startedAt\" : \"2026-11-23T03:51:00Z\"");
        assertThat(Files.list(directory.resolve("runs"))).hasSize(1);
    }

    @Test
    void aRunIdIsReadableSafeAndUnique() {
        assertThat(RunRecord.idOf("sim/lab/2026:1")).matches("sim-lab-2026-1-[0-9a-f]{8}");
        assertThat(RunRecord.idOf("sim/lab/2026/1")).isNotEqualTo(RunRecord.idOf("sim/lab/2026:1"));
        assertThat(RunRecord.idOf("../../etc/passwd")).doesNotContain("/").doesNotStartWith(".");
        assertThat(RunRecord.idOf("x".repeat(500))).hasSize(89);
    }

    @Test
    void aRunWithAFailedKindIsFailed() {
        RunRecord run = RunRecord.start(SIGNAL, TIME)
                .with(promoted())
                .with(ModelRun.without("seasonal", ModelRun.FAILED, List.of("out of luck")));

        assertThat(run.finished(TIME).state()).isEqualTo(State.FAILED);
    }

    @Test
    void aResumedRunKeepsWhatIsThrough() {
        RunRecord run = RunRecord.start(SIGNAL, TIME).with(promoted()).resumed();

        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.startedAt()).isEqualTo(TIME);
        assertThat(run.model("gru")).isPresent();
    }

    @Test
    void theClosingLineTellsEverything() {
        assertThat(promoted().line(SIGNAL, Duration.ofMillis(12_340)))
                .isEqualTo("run finished: reason=drift pipeline=sim model=gru version=20261123T035100Z-1f3870b "
                        + "verdict=promoted rmse=0.7140 champion=1.5000 persistence=0.9060 seconds=12.3");
        assertThat(ModelRun.without("gru", "held", List.of("too few")).line(SIGNAL, Duration.ZERO))
                .isEqualTo("run finished: reason=drift pipeline=sim model=gru version=none verdict=held rmse=none"
                        + " champion=none persistence=none seconds=0.0");
    }

    @Test
    void aRecordThatCannotBeReadIsNamedAndLeavesTheOthersReadable() throws IOException {
        RunRecords log = new RunRecords(directory);
        log.save(RunRecord.start(SIGNAL, TIME));
        Files.writeString(directory.resolve("bad.json"), "{\"schema\": 1, \"id\"");
        Files.writeString(directory.resolve("new.json"), "{\"schema\": 2, \"attempt\": 1}");

        assertThat(log.all()).hasSize(1);
        assertThatThrownBy(() -> log.find("bad"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.json");
        assertThatThrownBy(() -> log.find("new")).hasMessageContaining("schema version 2 (supported: 1)");
    }

    @Test
    void theLastTrainingIsWrittenForEachKind() throws IOException {
        Path file = directory.resolve("last_retrain.txt");
        RunRecord held = RunRecord.start(SIGNAL, TIME).with(ModelRun.without("gru", "held", List.of("too few")));
        new LastRetrain(file).write(held, TIME);
        assertThat(file).doesNotExist();

        new LastRetrain(file).write(held.with(promoted()), TIME.plusSeconds(5));

        assertThat(file)
                .hasContent(
                        "2026-11-23T03:51:05Z pipeline=sim model=gru version=20261123T035100Z-1f3870b verdict=promoted\n");
    }

    @Test
    void theTimeOfTheLastTrainingOutlivesARestart() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RunRecord run = RunRecord.start(SIGNAL, TIME).with(promoted());

        new RunMetrics(
                meters,
                List.of(run.finished(TIME.plusSeconds(9)), run.finished(TIME.plusSeconds(5)), run),
                BatchOutcomes.unheard());

        assertThat(meters.get("aerocast.last.retrain.timestamp")
                        .tag("model", "gru")
                        .gauge()
                        .value())
                .isEqualTo(TIME.getEpochSecond() + 9);
    }

    @Test
    void theGateIsMeasuredWhateverItDecides() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RunMetrics metrics = new RunMetrics(meters, List.of(), BatchOutcomes.unheard());

        metrics.count(SIGNAL, promoted(), TIME);
        metrics.count(SIGNAL, promoted(), TIME);

        assertThat(gauge(meters, "aerocast.gate.check", "check", "champion")).isOne();
        assertThat(gauge(meters, "aerocast.gate.check", "check", "calm")).isZero();
        assertThat(gauge(meters, "aerocast.gate.p.value", "model", "gru")).isEqualTo(0.01);
        assertThat(gauge(meters, "aerocast.gate.skill.ratio", "horizon", "24")).isEqualTo(0.2);
    }

    @Test
    void suspectReadingsAreTheLatestOnes() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RunMetrics metrics = new RunMetrics(meters, List.of(), BatchOutcomes.unheard());

        metrics.suspect("sim", new Quality(List.of(new FeatureQuality("temperature", 100, 7, 2, 3, 1))));
        metrics.suspect("sim", new Quality(List.of(new FeatureQuality("temperature", 100, 1, 2, 3, 4))));

        assertThat(gauge(meters, "aerocast.suspect.readings", "kind", "spike")).isOne();
        assertThat(gauge(meters, "aerocast.suspect.readings", "kind", "offset")).isEqualTo(4);
    }

    @Test
    void aVetoLeavesNothingOfTheCandidateBefore() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RunMetrics metrics = new RunMetrics(meters, List.of(), BatchOutcomes.unheard());
        metrics.count(SIGNAL, promoted(), TIME);

        Held veto = new Held(null, List.of(new Finding("data", false, "it is stuck")));
        metrics.count(SIGNAL, ModelRun.vetoed("gru", veto, 0.4), TIME);

        assertThat(gauge(meters, "aerocast.gate.check", "check", "data")).isZero();
        assertThat(gauge(meters, "aerocast.gate.suspect.ratio", "model", "gru")).isEqualTo(0.4);
        assertThat(gauge(meters, "aerocast.gate.check", "check", "champion")).isNaN();
        assertThat(gauge(meters, "aerocast.gate.p.value", "model", "gru")).isNaN();
        assertThat(gauge(meters, "aerocast.gate.skill.ratio", "horizon", "24")).isNaN();
    }

    private static double gauge(SimpleMeterRegistry meters, String name, String tag, String value) {
        return meters.get(name).tag("pipeline", "sim").tag(tag, value).gauge().value();
    }

    private static ModelRun promoted() {
        return new ModelRun(
                "gru",
                "20261123T035100Z-1f3870b",
                "promoted",
                List.of("it is better"),
                List.of(new Finding("champion", true, "it is better"), new Finding("calm", false, "it forgot")),
                Map.of(
                        "rmse.h1",
                        0.714,
                        "champion.rmse.h1",
                        1.5,
                        "persistence.rmse.h1",
                        0.906,
                        "rmse.h24",
                        3.0,
                        "p.value",
                        0.01,
                        "skill.h24",
                        0.2),
                "20261101T000000Z-0000000",
                Map.of("hidden", "8"),
                List.of(new Epoch(1, 0.9, 1.2, 0.5)),
                TIME,
                2.5,
                0.1,
                "sim-gru.aerocast",
                "cd",
                false);
    }
}
