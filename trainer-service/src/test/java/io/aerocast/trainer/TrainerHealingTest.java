package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the trainer does by itself: routine trainings, earlier champions, probation.
class TrainerHealingTest extends RunningTrainer {

    @Test
    void trainsByItselfAndAgainAsObservationTimePasses() throws Exception {
        world.calm(300);
        start(
                "--aerocast.trainer.schedule.enabled=true",
                "--aerocast.trainer.schedule.periods.%s=PT200S".formatted(pipeline.name()));

        JsonNode first = awaitRun("schedule/%s/first-1".formatted(pipeline.name()));
        assertThat(first.path("state").asString()).isEqualTo("finished");
        assertThat(first.at("/signal/reason").asString()).isEqualTo("schedule");
        assertThat(published()).isNotEmpty();
        world.calm(210);

        // 2026-01-01T00:08:29Z is in this period of 200 s since 1970.
        long number = world.now().minusSeconds(1).getEpochSecond() / 200;
        JsonNode second = awaitRun("schedule/%s/%d".formatted(pipeline.name(), number));
        assertThat(second.path("state").asString()).isEqualTo("finished");
        stop();
        start(
                "--aerocast.trainer.schedule.enabled=true",
                "--aerocast.trainer.schedule.periods.%s=PT200S".formatted(pipeline.name()));
        awaitCommitted();
        assertThat(runs()).hasSize(2);
    }

    @Test
    void weatherThatIsBackIsForecastByTheChampionOfThatTime() throws Exception {
        start();
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        String calm = version(awaitRun("first"));
        Instant heat = world.now();
        world.hot(200);
        send(signal("heat", RetrainReason.DRIFT, heat));
        assertThat(outcome(awaitRun("heat"), "gru").path("outcome").asString()).isEqualTo("published");
        Instant back = world.now();
        world.calm(200);

        send(signal("back", RetrainReason.DRIFT, back));
        JsonNode run = awaitRun("back");

        JsonNode gru = outcome(run, "gru");
        assertThat(gru.path("outcome").asString()).isEqualTo("published");
        assertThat(version(run)).isEqualTo(calm);
        assertThat(gru.at("/candidate/fittedIn").asString()).startsWith("first-");
        assertThat(gru.at("/candidate/epochs")).isEmpty();
        assertThat(published().stream()
                        .filter(model -> model.model().equals("gru"))
                        .map(ModelPublished::version)
                        .toList()
                        .getLast())
                .isEqualTo(calm);
    }

    @Test
    void aModelThatIsWorseThanTheOneBeforeIsRolledBackAndBarred() throws Exception {
        start("--aerocast.trainer.probation.grid-times=400");
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        String calm = version(awaitRun("first"));
        Instant heat = world.now();
        world.hot(160);
        send(signal("heat", RetrainReason.DRIFT, heat));
        JsonNode promoted = awaitRun("heat");
        String hot = version(promoted);
        assertThat(outcome(promoted, "gru").path("outcome").asString()).isEqualTo("published");
        await().atMost(PATIENCE).until(() -> get("/healthz").contains("\"probation\":[{"));

        world.calm(240);

        JsonNode ended = await().atMost(PATIENCE)
                .until(() -> record("heat").path("probation").path("gru"), probation -> !probation.isMissingNode());
        assertThat(ended.path("result").asString()).isEqualTo("rolled-back");
        assertThat(ended.path("champion").asString()).isEqualTo(calm);
        assertThat(serving()).isEqualTo(calm);
        assertThat(get("/metrics"))
                .contains("aerocast_model_rollbacks_total{feature=\"temperature\",model=\"gru\",pipeline=\"%s\"} 1.0"
                        .formatted(pipeline.name()));
        Instant again = world.now();
        world.hot(160);
        send(signal("again", RetrainReason.DRIFT, again));
        assertThat(version(awaitRun("again"))).isNotEqualTo(hot);
    }

    private String serving() {
        List<ModelPublished> models = published().stream()
                .filter(model -> model.model().equals("gru"))
                .toList();
        return models.getLast().version();
    }

    private JsonNode record(String signal) throws Exception {
        Optional<JsonNode> run = runs().stream()
                .filter(one -> one.at("/signal/id").asString().equals(signal))
                .findFirst();
        return run.orElseThrow();
    }

    private static String version(JsonNode run) {
        return outcome(run, "gru").at("/candidate/version").asString();
    }
}
