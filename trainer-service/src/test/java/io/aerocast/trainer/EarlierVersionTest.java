package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.EarlierDirectory;
import io.aerocast.trainer.track.LocalRunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The service on a data directory of version 0.1, which was killed during a training.
class EarlierVersionTest extends RunningTrainer {

    private static final String FIRST_SEASONAL = "20261130T173544Z-4da4300";
    private static final String SECOND_GRU = "20261130T173546Z-95ffcc5";
    private static final String SECOND_SEASONAL = "20261130T173554Z-95ffcc5";

    @BeforeEach
    void copyEarlierDirectory() throws Exception {
        EarlierDirectory.copy(directory);
        pipeline = Pipelines.read(directory.resolve("pipelines.json")).require("garden");
        skipEarlierSignals();
    }

    @Test
    void aRunThatWasCutOffIsFinishedWithoutAnotherFit() throws Exception {
        EarlierDirectory.cutOff(directory);
        LocalRunLog log = new LocalRunLog(new DataDirectory(directory));
        assertThat(log.aliases("garden"))
                .containsEntry("champion-gru", SECOND_GRU)
                .containsEntry("champion-seasonal", FIRST_SEASONAL);
        assertThat(outbox()).hasSize(3);
        start(
                "--aerocast.trainer.mlflow.tracking-uri=http://127.0.0.1:1",
                "--aerocast.trainer.dataset.maximum-silence=0s");

        send(signal("garden/drift", RetrainReason.DRIFT, null));
        JsonNode run = awaitRun("garden/drift");

        assertThat(run.path("schema").asInt()).isEqualTo(3);
        assertThat(run.path("attempt").asInt()).isEqualTo(2);
        assertThat(run.path("state").asString()).isEqualTo("finished");
        assertThat(run.path("outcomes")
                        .valueStream()
                        .map(model -> model.at("/candidate/version").asString()))
                .containsExactly(SECOND_GRU, SECOND_SEASONAL, "");
        assertThat(run.path("outcomes")
                        .valueStream()
                        .map(model -> model.path("outcome").asString()))
                .containsExactly("published", "published", "unfitted");
        assertThat(published()).extracting(ModelPublished::version).containsExactly(SECOND_SEASONAL);
        assertThat(published().getFirst().metrics())
                .containsKeys("rmse.h1", "champion.rmse.h6", "persistence.mae.h2", "p.value");
        assertThat(log.aliases("garden"))
                .containsEntry("champion-gru", SECOND_GRU)
                .containsEntry("champion-seasonal", SECOND_SEASONAL);
        assertThat(log.newest(10)).hasSize(5);
        // The message of the gru waits already; those of the seasonal and of the new kind are new.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(outbox()).hasSize(5));
    }

    @Test
    void aRunThatWasCutOffInItsFailureFailsWithoutAPublication() throws Exception {
        EarlierDirectory.cutOffInFailure(directory);
        LocalRunLog log = new LocalRunLog(new DataDirectory(directory));
        int published = published().size();
        start(
                "--aerocast.trainer.mlflow.tracking-uri=http://127.0.0.1:1",
                "--aerocast.trainer.dataset.maximum-silence=0s");

        send(signal("garden/drift", RetrainReason.DRIFT, null));
        JsonNode run = awaitRun("garden/drift");

        assertThat(run.path("state").asString()).isEqualTo("failed");
        assertThat(outcome(run, "gru").path("outcome").asString()).isEqualTo("published");
        assertThat(outcome(run, "seasonal").path("outcome").asString()).isEqualTo("unpublished");
        assertThat(published()).hasSize(published);
        assertThat(outbox()).hasSize(4);
        assertThat(log.aliases("garden")).containsEntry("champion-seasonal", FIRST_SEASONAL);
    }

    private List<Path> outbox() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
