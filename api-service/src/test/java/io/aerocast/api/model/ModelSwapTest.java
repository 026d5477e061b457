package io.aerocast.api.model;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.api.TestModels;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Topics;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(RunningApi.class)
class ModelSwapTest {

    private static final String REFUSED = "aerocast_models_refused_total{fault=\"corrupt\"}";
    private static final String SKIPPED = "aerocast_records_skipped_total{topic=\"aerocast.models.v1\"}";
    private static final Pipeline SIM = PIPELINES.require("sim");
    private static final String BODY = "{\"sequence\": %s, \"model\": \"gru\"}".formatted(Collections.nCopies(24, 20));
    private static final int CLIENTS = 4;
    private static final int MODELS = 100;

    private final Handle api;

    ModelSwapTest(Handle api) {
        this.api = api;
    }

    @Test
    void noRequestFailsWhileModelsSwapAndEachReplyNamesItsModel() throws Exception {
        publish(version(0));
        awaitVersion(version(0).card().version());
        AtomicBoolean over = new AtomicBoolean();
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Reply>>> running = Collections.nCopies(CLIENTS, over).stream()
                    .map(o -> clients.submit(() -> predictUntil(o)))
                    .toList();
            for (int i = 1; i < MODELS; i++) {
                publish(version(i));
            }
            awaitVersion("swap-%04d".formatted(MODELS - 1));
            over.set(true);
            for (Future<List<Reply>> client : running) {
                replies.addAll(client.get());
            }
        }

        assertThat(replies).hasSizeGreaterThan(MODELS / 2).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            int change = Integer.parseInt(reply.text("modelVersion").substring("swap-".length()));
            assertThat(reply.number("forecast")).isEqualTo(20.0 + change / 10.0, within(1e-9));
        });
        assertThat(replies.stream().map(reply -> reply.text("modelVersion")).distinct())
                .hasSizeGreaterThan(5);
    }

    @Test
    void theChampionStaysWhenACandidateIsRefused() {
        GruModel champion = TestModels.gru(SIM, "champion", 1);
        publish(champion);
        awaitVersion("champion");
        double refused = value(REFUSED);
        double skipped = value(SKIPPED);
        byte[] artifact = ModelArtifact.write(champion);
        publish(TestModels.published(champion.card(), Instant.now(), ModelArtifact.sha256(new byte[] {1}), artifact));
        api.publish(Topics.MODELS.name(), "sim/temperature/gru", "no event".getBytes(StandardCharsets.UTF_8));

        await().untilAsserted(() -> {
            assertThat(value(REFUSED)).isEqualTo(refused + 1);
            assertThat(value(SKIPPED)).isEqualTo(skipped + 1);
        });
        assertThat(api.post("/predict", BODY).text("modelVersion")).isEqualTo("champion");
    }

    @Test
    void theLastPublishedModelServesWhateverItsVersion() {
        publish(TestModels.gru(SIM, "b", 2));
        awaitVersion("b");
        publish(TestModels.gru(SIM, "a", 3));
        awaitVersion("a");

        assertThat(api.metrics())
                .contains("aerocast_model_info{feature=\"temperature\",model=\"gru\",pipeline=\"sim\",version=\"a\"} 1")
                .doesNotContain("version=\"b\"")
                .contains("aerocast_model_swaps_total{feature=\"temperature\",model=\"gru\",pipeline=\"sim\"}");
    }

    @Test
    void aNewReplicaServesEarlierModelsBeforeItIsReady() {
        publish(TestModels.gru(SIM, "before", 4));
        awaitVersion("before");

        try (ConfigurableApplicationContext replica = api.replica("--aerocast.api.live.group=other")) {
            await().until(() -> RunningApi.get(replica, "/readyz").status() == 200);
            assertThat(replica.getBean(ServedModels.class)
                            .find(SIM, "gru")
                            .orElseThrow()
                            .version())
                    .isEqualTo("before");
        }
    }

    /// The value of a series now, 0 before its first event.
    private double value(String series) {
        return api.metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private List<Reply> predictUntil(AtomicBoolean over) {
        List<Reply> replies = new ArrayList<>();
        while (!over.get()) {
            replies.add(api.post("/predict", BODY));
        }
        return replies;
    }

    private static GruModel version(int i) {
        return TestModels.gru(SIM, "swap-%04d".formatted(i), i / 10.0);
    }

    private void publish(GruModel model) {
        publish(TestModels.published(model));
    }

    private void publish(ModelPublished event) {
        api.publish(Topics.MODELS, Topics.key(event.pipeline(), "temperature", event.model()), event);
    }

    private void awaitVersion(String version) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.post("/predict", BODY).text("modelVersion").equals(version));
    }
}
