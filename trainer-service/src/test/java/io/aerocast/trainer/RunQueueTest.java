package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.RunRecord;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Signals that nobody can halt: waiting runs, floods of signals, kills.
class RunQueueTest extends RunningTrainer {

    private static final int COPIES = 500;

    /// The partitions of a trainer that was killed are assigned anew after this time; the default is 45 s.
    private static final String PROMPT = "--spring.kafka.consumer.properties.session.timeout.ms=6000";

    @Test
    void thousandDuplicatedAndReplayedSignalsWithAKillInBetweenGiveOneRunAndOnePromotion() throws Exception {
        world.calm(300);
        Instant changed = world.now();
        world.hot(40);
        List<RetrainSignal> flood = flood(changed);
        Process killed = process("1", PROMPT);
        send(flood.subList(0, COPIES).toArray(RetrainSignal[]::new));
        await().atMost(PATIENCE).until(() -> runs().size() == 1);
        killed.destroyForcibly().waitFor();

        start();
        send(flood.subList(COPIES, 2 * COPIES).toArray(RetrainSignal[]::new));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/healthz")).contains("\"signals\":%d".formatted(1 + COPIES)));
        world.hot(120);
        JsonNode run = awaitRun("drift");
        awaitCommitted();
        stop();
        start();
        send(flood.toArray(RetrainSignal[]::new));
        awaitCommitted();

        assertThat(runs()).singleElement().isEqualTo(run);
        assertThat(run.path("state").asString()).isEqualTo("finished");
        assertThat(run.path("merged")).hasSize(COPIES);
        assertThat(published()).isNotEmpty().extracting(ModelPublished::model).doesNotHaveDuplicates();
    }

    /// Half of them are copies of one signal, the others are newer signals of the same drift.
    private List<RetrainSignal> flood(Instant changed) {
        List<RetrainSignal> flood = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            flood.add(signal("drift", RetrainReason.DRIFT, changed));
            flood.add(signal("drift-" + i, RetrainReason.DRIFT, changed.plusSeconds(i % 60)));
        }
        Collections.shuffle(flood.subList(1, flood.size()), new Random(3));
        return flood;
    }

    @Test
    void aRunThatWaitsDelaysNoOtherRunOfItsPipelineAndCanBeCancelled() throws Exception {
        start();
        world.calm(300);
        send(signal("waits", RetrainReason.DRIFT, world.now()));
        await().atMost(PATIENCE).until(() -> get("/healthz").contains("waiting for data since"));
        send(signal("routine", RetrainReason.SCHEDULE, null));

        assertThat(awaitRun("routine").path("state").asString()).isEqualTo("finished");

        assertThat(get("/healthz")).contains("\"phase\":\"waiting for data\"", ", 0 of 100 grid times\"");
        assertThat(get("/metrics"))
                .contains("aerocast_training_waiting_runs{pipeline=\"%s\"} 1.0".formatted(pipeline.name()));
        String run = RunRecord.idOf("waits");
        HttpResponse<String> cancelled = post("/cancel", Map.of("run", run, "note", "no drift"));
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(MAPPER.readTree(cancelled.body()).at("/cancelled/0/run").asString())
                .isEqualTo(run);
        assertThat(MAPPER.readTree(cancelled.body())
                        .at("/cancelled/0/signals/0")
                        .asString())
                .isEqualTo("waits");
        JsonNode record = awaitRun("waits");
        assertThat(record.path("state").asString()).isEqualTo("cancelled");
        assertThat(record.path("failure").asString()).isEqualTo("no drift");
        awaitCommitted();
        assertThat(get("/metrics"))
                .contains("aerocast_training_cancelled_runs_total{pipeline=\"%s\"} 1.0".formatted(pipeline.name()));
        refusals(run);
    }

    private void refusals(String ended) throws Exception {
        HttpResponse<String> again = post("/cancel", Map.of("run", ended));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("Run %s has ended at".formatted(ended));
        HttpResponse<String> unknown = post("/cancel", Map.of("pipeline", "mars"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("No open run has pipeline 'mars'");
        HttpResponse<String> outside = post("/cancel", Map.of("run", "../../" + ended));
        assertThat(outside.statusCode()).isEqualTo(400);
        assertThat(post("/cancel", Map.of("feature", "temperature")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSignalForAStationWithoutDataEndsAtOnce() throws Exception {
        start();
        world.calm(300);
        RetrainSignal invented = new RetrainSignal(
                "invented",
                pipeline.name(),
                RetrainReason.DRIFT,
                Instant.now(),
                "nowhere",
                null,
                Instant.parse("3000-01-01T00:00:00Z"),
                "a test",
                Map.of());
        send(invented);

        JsonNode run = awaitRun("invented");

        assertThat(run.path("outcomes"))
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(outcome.path("reason").asString())
                        .endsWith("no data of station nowhere have landed"));
    }
}
