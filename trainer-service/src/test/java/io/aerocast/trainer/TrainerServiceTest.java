package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.lake.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@ExtendWith(OutputCaptureExtension.class)
class TrainerServiceTest extends RunningTrainer {

    @Test
    void aDriftSignalDeliveredTwiceGivesOneRunAndProvenModels(CapturedOutput output) throws Exception {
        start();
        world.calm(300);
        RetrainSignal first = signal("first", RetrainReason.MANUAL, null);
        send(first, first);
        awaitRun("first");
        List<ModelPublished> before = published();
        assertThat(before).extracting(ModelPublished::model).containsExactlyInAnyOrder("gru", "seasonal", "ridge");

        Instant changed = world.now();
        world.hot(160);
        RetrainSignal drift = signal("drift/1", RetrainReason.DRIFT, changed);
        send(drift, drift);
        JsonNode run = awaitRun("drift/1");
        send(drift);
        awaitCommitted();

        assertThat(runs()).hasSize(2).contains(run);
        assertThat(run.path("attempt").asInt()).isEqualTo(1);
        assertThat(get("/metrics")).doesNotContain("reason=\"drift\",verdict=\"held\"");
        List<ModelPublished> after = published();
        assertThat(after).hasSize(6);
        for (ModelPublished model : after.subList(3, 6)) {
            ForecastModel read = ModelArtifact.read(model.artifact());
            assertThat(read.card().version()).isEqualTo(model.version());
            assertThat(model.sha256()).isEqualTo(ModelArtifact.sha256(model.artifact()));
            assertThat(model.signalId()).isEqualTo("drift/1");
            assertThat(model.reason()).isEqualTo(RetrainReason.DRIFT);
            String champion = before.stream()
                    .filter(b -> b.model().equals(model.model()))
                    .findFirst()
                    .orElseThrow()
                    .version();
            assertThat(model.version()).isGreaterThan(champion);
            assertThat(outcome(run, model.model())
                            .path("candidate")
                            .path("champion")
                            .asString())
                    .isEqualTo(champion);
            assertThat(model.metrics().get("rmse.h1"))
                    .isLessThan(model.metrics().get("champion.rmse.h1"))
                    .isLessThan(model.metrics().get("persistence.rmse.h1"));
            assertThat(output)
                    .contains(
                            "run finished: reason=drift pipeline=%s feature=temperature model=%s version=%s verdict=promoted rmse="
                                    .formatted(pipeline.name(), model.model(), model.version()));
        }
        assertThat(run.path("state").asString()).isEqualTo("finished");
        assertThat(run.path("data")
                        .path("temperature")
                        .path("sources")
                        .get(0)
                        .path("rows")
                        .asInt())
                .isEqualTo(460);
        assertThat(Instant.parse(run.path("data")
                        .path("temperature")
                        .path("holdOut")
                        .path("to")
                        .asString()))
                .isEqualTo(world.now().minusSeconds(1));
        assertThat(Files.readString(directory.resolve("last_retrain.txt")))
                .contains(
                        "pipeline=%s feature=temperature model=gru version=".formatted(pipeline.name()),
                        "verdict=promoted");
        assertThat(get("/metrics"))
                .contains(
                        "aerocast_training_runs_total{feature=\"temperature\",model=\"gru\",pipeline=\"%s\",reason=\"drift\",verdict=\"promoted\"} 1.0"
                                .formatted(pipeline.name()))
                .contains(
                        "aerocast_training_seconds_count{feature=\"temperature\",model=\"seasonal\",pipeline=\"%s\"} 2"
                                .formatted(pipeline.name()))
                .contains(
                        "aerocast_last_retrain_timestamp_seconds{feature=\"temperature\",model=\"gru\",pipeline=\"%s\"}"
                                .formatted(pipeline.name()))
                .contains("aerocast_training_progress_ratio{pipeline=\"%s\"} 0.0".formatted(pipeline.name()));
        assertThat(get("/metrics"))
                .contains(
                        "aerocast_gate_check{check=\"persistence\",feature=\"temperature\",model=\"gru\",pipeline=\"%s\"} 1.0"
                                .formatted(pipeline.name()));
        assertThat(get("/healthz"))
                .contains("\"training\":{\"phase\":\"idle\",\"runs\":[],\"verdicts\":[{")
                .contains("\"verdict\":\"promoted\"");
    }

    @Test
    void holdsACandidateThatIsNoBetter(CapturedOutput output) throws Exception {
        start();
        world.calm(400);
        send(signal("first", RetrainReason.MANUAL, null));
        awaitRun("first");
        int before = published().size();

        send(signal("again", RetrainReason.SCHEDULE, null));
        JsonNode run = awaitRun("again");

        // The champion was fitted to all data, so there are none on which a candidate could be better.
        assertThat(published()).hasSize(before);
        assertThat(outcome(run, "seasonal").path("outcome").asString()).isEqualTo("held");
        assertThat(outcome(run, "seasonal").path("findings").valueStream()).anySatisfy(finding -> {
            assertThat(finding.path("check").asString()).isEqualTo("count");
            assertThat(finding.path("passed").asBoolean()).isFalse();
        });
        assertThat(outcome(run, "seasonal").path("candidate").path("artifact").asString())
                .satisfies(file ->
                        assertThat(directory.resolve("models").resolve(file)).exists());
        assertThat(output)
                .contains("reason=schedule pipeline=%s feature=temperature model=gru".formatted(pipeline.name()));
        assertThat(output).contains("verdict=held");
    }

    @Test
    void aStuckSensorIsHeldBeforeAnyFitAndSeenInTheMetrics() throws Exception {
        start();
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        awaitRun("first");
        int before = published().size();
        Instant changed = world.now();
        world.stuck(160);

        send(signal("stuck", RetrainReason.DRIFT, changed));
        JsonNode run = awaitRun("stuck");

        assertThat(published()).hasSize(before);
        assertThat(run.path("outcomes")).hasSize(3).allSatisfy(outcome -> {
            assertThat(outcome.path("outcome").asString()).isEqualTo("vetoed");
            assertThat(outcome.path("candidate").isMissingNode()).isTrue();
            assertThat(outcome.path("findings")).singleElement().satisfies(check -> {
                assertThat(check.path("check").asString()).isEqualTo("data");
                assertThat(check.path("passed").asBoolean()).isFalse();
            });
            assertThat(outcome.path("suspectShare").asDouble()).isGreaterThan(0.9);
        });
        String labels = "feature=\"temperature\",model=\"gru\",pipeline=\"%s\"}".formatted(pipeline.name());
        assertThat(get("/metrics"))
                .contains("aerocast_gate_check{check=\"data\"," + labels + " 0.0")
                .contains("aerocast_gate_check{check=\"persistence\"," + labels + " NaN")
                .containsPattern(Pattern.quote("aerocast_gate_suspect_ratio{" + labels) + " (0\\.9|1\\.0)");
    }

    @Test
    void waitsForRecentDataAndIsTakenUpAgainAfterARestart() throws Exception {
        start();
        world.calm(200);
        Instant changed = world.now();
        world.hot(40);
        send(signal("drift", RetrainReason.DRIFT, changed));
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode training = MAPPER.readTree(get("/healthz")).path("training");
            assertThat(training.path("phase").asString()).isEqualTo("waiting for data");
            assertThat(training.path("pipeline").asString()).isEqualTo(pipeline.name());
            assertThat(training.path("signal").asString()).isEqualTo("drift");
            // The newest of 40 origins has no target yet.
            assertThat(training.path("samples").asInt()).isEqualTo(39);
            assertThat(training.path("needed").asInt()).isEqualTo(100);
        });
        assertThat(get("/metrics"))
                .contains("aerocast_training_progress_ratio{pipeline=\"%s\"} 0.39".formatted(pipeline.name()));

        long begin = System.nanoTime();
        stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.path("state").asString()).isEqualTo("started");
            assertThat(run.path("attempt").asInt()).isEqualTo(1);
        });

        start();
        world.hot(80);
        JsonNode run = awaitRun("drift");

        assertThat(run.path("state").asString()).isEqualTo("finished");
        assertThat(run.path("attempt").asInt()).isEqualTo(2);
        assertThat(run.path("data").path("temperature").path("recent").asInt()).isEqualTo(119);
        assertThat(runs()).hasSize(1);
        assertThat(published()).isNotEmpty();
    }

    @Test
    void holdsWhenTheDataDoNotComeInTime() throws Exception {
        start("--aerocast.trainer.dataset.maximum-wait=300ms");
        world.calm(200);
        send(signal("drift", RetrainReason.DRIFT, world.now().minusSeconds(21)));

        JsonNode run = awaitRun("drift");

        assertThat(run.path("state").asString()).isEqualTo("finished");
        assertThat(run.path("outcomes")).hasSize(3).allSatisfy(outcome -> {
            assertThat(outcome.path("outcome").asString()).isEqualTo("unfitted");
            assertThat(outcome.path("reason").asString())
                    .isEqualTo("the window is too short: 20 grid times with samples landed in time, 100 are needed");
        });
        assertThat(directory.resolve("last_retrain.txt")).doesNotExist();
    }

    @Test
    void aRunThatWaitsDoesNotDelayAnotherPipeline() throws Exception {
        start();
        world.calm(200);
        new World(new Lake(directory), other).calm(200);
        send(signal("waits", RetrainReason.DRIFT, world.now()));
        await().atMost(PATIENCE).until(() -> get("/healthz").contains("\"signal\":\"waits\""));
        send(signal("other", other, RetrainReason.MANUAL, null));

        awaitRun("other");

        assertThat(get("/healthz")).contains("\"phase\":\"waiting for data\"", "\"signal\":\"waits\"");
    }

    @Test
    void aFlagBecomesOneSignalAndIsRemoved() throws Exception {
        world.calm(300);
        Path flag = directory.resolve("retrain.flag");
        Files.writeString(flag, "reason=manual\nnote=by hand\n");
        start();

        await().atMost(PATIENCE).until(() -> !Files.exists(flag));
        await().atMost(PATIENCE).until(() -> runs().stream().anyMatch(TrainerServiceTest::over));
        assertThat(runs()).singleElement().satisfies(run -> {
            JsonNode signal = run.path("signal");
            assertThat(signal.path("id").asString()).startsWith("flag-");
            assertThat(signal.path("pipeline").asString()).isEqualTo(pipeline.name());
            assertThat(signal.path("reason").asString()).isEqualTo("manual");
            assertThat(signal.path("note").asString()).isEqualTo("by hand");
        });
        assertThat(published()).isNotEmpty();

        Files.writeString(flag, "pipeline=mars\n");
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("retrain.flag.rejected")));
        assertThat(flag).doesNotExist();
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aTrainingThatFailsIsRecordedAndDoesNotStopTheService(CapturedOutput output) throws Exception {
        start();
        world.calm(300);
        Path broken =
                directory.resolve("data/processed/%s/lab/p0-%019d-%019d.parquet".formatted(pipeline.name(), 300, 301));
        Files.writeString(broken, "no parquet");
        send(signal("doomed", RetrainReason.MANUAL, null));
        producer.send(new ProducerRecord<>(Topics.RETRAIN.name(), pipeline.name(), new byte[] {1, 2, 3}));
        JsonNode failed = awaitRun("doomed");

        assertThat(failed.path("state").asString()).isEqualTo("failed");
        assertThat(failed.path("failure").asString())
                .contains(broken.getFileName().toString());
        assertThat(output).contains("model=gru version=none verdict=failed");

        Files.delete(broken);
        send(signal("next", RetrainReason.MANUAL, null));
        assertThat(awaitRun("next").path("state").asString()).isEqualTo("finished");
        awaitCommitted();
        assertThat(get("/metrics"))
                .contains("aerocast_records_skipped_total{topic=\"aerocast.retrain.v1\"} 1.0")
                .contains("reason=\"manual\",verdict=\"failed\"} 1.0");

        stop();
        start();
        send(signal("last", RetrainReason.MANUAL, null));
        awaitRun("last");
        assertThat(runs())
                .hasSize(3)
                .allSatisfy(run -> assertThat(run.path("attempt").asInt()).isEqualTo(1));
    }

    @Test
    void aPromotedModelThatWasNotPublishedIsPublishedAndNotFittedAgain() throws Exception {
        start();
        world.calm(300);
        RetrainSignal signal = signal("cut off", RetrainReason.MANUAL, null);
        send(signal);
        JsonNode run = awaitRun("cut off");
        List<ModelPublished> before = published();
        stop();
        // The record after a kill between the verdict and the acknowledgement of the broker.
        Path record = directory.resolve("runs").resolve(run.path("id").asString() + ".json");
        Files.writeString(
                record,
                Files.readString(record)
                        .replace("\"state\" : \"finished\"", "\"state\" : \"started\"")
                        .replace("\"outcome\" : \"published\"", "\"outcome\" : \"proven\"")
                        .replaceFirst("\"tracked\" : \\[[^]]*]", "\"tracked\" : [ ]"));

        start();
        send(signal);
        JsonNode again = awaitRun("cut off");

        assertThat(again.path("attempt").asInt()).isEqualTo(2);
        assertThat(again.path("outcomes")).isEqualTo(run.path("outcomes"));
        assertThat(published())
                .hasSize(2 * before.size())
                .extracting(ModelPublished::sha256)
                .containsOnly(before.stream().map(ModelPublished::sha256).toArray(String[]::new));
    }

    @Test
    void aChampionThatCannotBeReadIsIgnored(CapturedOutput output) throws Exception {
        start();
        world.calm(300);
        ModelPublished broken = new ModelPublished(
                pipeline.name(),
                "temperature",
                "seasonal",
                "1",
                Instant.now(),
                null,
                null,
                null,
                Map.of(),
                "0",
                new byte[] {1});
        String key = Topics.key(pipeline.name(), "temperature", "seasonal");
        producer.send(new ProducerRecord<>(
                        Topics.MODELS.name(), key, Topics.MODELS.codec().encode(broken)))
                .get(10, TimeUnit.SECONDS);
        producer.send(new ProducerRecord<>(Topics.MODELS.name(), key, new byte[] {1}))
                .get(10, TimeUnit.SECONDS);
        send(signal("first", RetrainReason.MANUAL, null));

        JsonNode run = awaitRun("first");

        assertThat(outcome(run, "seasonal").path("outcome").asString()).isEqualTo("published");
        assertThat(outcome(run, "seasonal").path("candidate").path("champion").isNull())
                .isTrue();
        assertThat(output).contains("published model cannot be read, it is no champion");
    }

    @Test
    void refusesAHoldOutThatIsTooSmallToJudge() {
        assertThatThrownBy(() -> start(
                        "--aerocast.trainer.dataset.hold-out-fraction=0.1",
                        "--aerocast.trainer.dataset.minimum-hold-out=0"))
                .hasStackTraceContaining(
                        "minimum-recent 100 times hold-out-fraction 0.1 leaves 10 grid times to judge");
    }
}
