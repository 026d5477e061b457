package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.EarlierDirectory;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.track.LocalRunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A run that was killed between two of its steps: its `gru` is published and tracked, its `seasonal` is proven.
class CrashPointTest extends RunningTrainer {

    private static final String SIGNAL = "garden/drift";
    private static final String FIRST = "20261130T173544Z-4da4300";
    private static final String SECOND = "20261130T173554Z-95ffcc5";

    private RunRecords records;
    private RunRecord run;
    private Proven proven;
    private int before;

    @BeforeEach
    void copyEarlierDirectory() throws Exception {
        EarlierDirectory.copy(directory);
        EarlierDirectory.cutOff(directory);
        pipeline = Pipelines.read(directory.resolve("pipelines.json")).require("garden");
        skipEarlierSignals();
        records = new RunRecords(new DataDirectory(directory));
        run = records.find(RunRecord.idOf(SIGNAL)).orElseThrow();
        proven = (Proven) run.outcome("seasonal").orElseThrow();
        before = published().size();
    }

    @Test
    void afterThePublicationTheSameVersionIsPublishedAgainAndCountedOnce() throws Exception {
        records.save(run);
        ModelPublished model = new ModelPublished(
                "garden",
                null,
                "seasonal",
                SECOND,
                World.START,
                RetrainReason.DRIFT,
                SIGNAL,
                World.START,
                proven.scores().metrics(),
                proven.candidate().sha256(),
                Files.readAllBytes(
                        directory.resolve("models").resolve(proven.candidate().artifact())));
        producer.send(new ProducerRecord<>(
                        Topics.MODELS.name(),
                        Topics.key("garden", "seasonal"),
                        Topics.MODELS.codec().encode(model)))
                .get(10, TimeUnit.SECONDS);

        assertThat(resume().path("state").asString()).isEqualTo("finished");

        assertThat(published())
                .hasSize(before + 2)
                .filteredOn(one -> one.version().equals(SECOND))
                .extracting(ModelPublished::sha256)
                .containsOnly(proven.candidate().sha256());
        assertSettledOnce("garden", "promoted", SECOND);
    }

    @Test
    void afterTheMessageOfTheOutboxNeitherIsPublishedOrQueuedAgain() throws Exception {
        records.save(run.with(proven.published()));
        Files.writeString(
                directory.resolve("outbox/000000000004.json"),
                "{\"type\":\"run\",\"key\":\"%s/seasonal\"}".formatted(run.id()));

        assertThat(resume().path("state").asString()).isEqualTo("finished");

        assertThat(published()).hasSize(before);
        assertSettledOnce("garden", "promoted", SECOND);
    }

    @Test
    void afterAPublicationIsGivenUpItIsNotTriedAgain() throws Exception {
        records.save(run.with(proven.unpublished("the broker refused it")));

        assertThat(resume().path("state").asString()).isEqualTo("failed");

        assertThat(published()).hasSize(before);
        assertSettledOnce("garden", "failed", FIRST);
    }

    @Test
    void aRunOfAPipelineThatIsConfiguredNoMorePublishesNothing() throws Exception {
        records.save(run);
        Path pipelines = directory.resolve("pipelines.json");
        Files.writeString(pipelines, Files.readString(pipelines).replace("\"garden\"", "\"meadow\""));
        Pipeline garden = pipeline;
        pipeline = Pipelines.read(pipelines).require("meadow");
        skipEarlierSignals();
        start(
                "--aerocast.trainer.mlflow.tracking-uri=http://127.0.0.1:1",
                "--aerocast.trainer.dataset.maximum-silence=0s");
        send(signal(SIGNAL, garden, RetrainReason.DRIFT, null));

        JsonNode failed = awaitRun(SIGNAL);

        assertThat(failed.path("state").asString()).isEqualTo("failed");
        assertThat(outcome(failed, "seasonal").path("outcome").asString()).isEqualTo("unpublished");
        // A pipeline that is not configured has no series of its own.
        assertSettledOnce("unknown", "failed", FIRST);
        pipeline = garden;
        assertThat(published()).hasSize(before);
    }

    private JsonNode resume() throws Exception {
        start(
                "--aerocast.trainer.mlflow.tracking-uri=http://127.0.0.1:1",
                "--aerocast.trainer.dataset.maximum-silence=0s");
        send(signal(SIGNAL, RetrainReason.DRIFT, null));
        return awaitRun(SIGNAL);
    }

    /// The `seasonal` has one message and one count; the `gru` has those from before the crash alone. Without
    /// data there is no model of a kind that the killed process did not know.
    private void assertSettledOnce(String series, String verdict, String champion) throws Exception {
        assertThat(outbox()).hasSize(5);
        assertThat(get("/metrics")
                        .lines()
                        .filter(line -> line.startsWith("aerocast_training_runs_total{") && !line.contains("ridge")))
                .containsExactly(
                        "aerocast_training_runs_total{feature=\"temperature\",model=\"seasonal\",pipeline=\"%s\",reason=\"drift\",verdict=\"%s\"} 1.0"
                                .formatted(series, verdict));
        assertThat(new LocalRunLog(new DataDirectory(directory)).aliases("garden"))
                .containsEntry("champion-seasonal", champion);
    }

    private List<Path> outbox() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
