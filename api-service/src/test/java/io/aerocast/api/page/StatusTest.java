package io.aerocast.api.page;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.TestModels;
import io.aerocast.event.Topics;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelArtifact;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningApi.class)
class StatusTest {

    private final Handle api;

    StatusTest(Handle api) {
        this.api = api;
    }

    @Test
    void showsTheModelThatServesSinceWhenAndItsSwaps() {
        JsonNode before = model("swaps", "gru");
        GruModel first = TestModels.gru(PIPELINES.require("swaps"), "status-1", 0);
        GruModel second = TestModels.gru(PIPELINES.require("swaps"), "status-2", 0);

        api.serve(first);
        api.serve(second);

        assertThat(before.isMissingNode()).isTrue(); // no model is shipped for it, and no other test publishes one
        JsonNode model = model("swaps", "gru");
        assertThat(model.path("shipped").asBoolean()).isFalse();
        assertThat(model.path("feature").asString()).isEqualTo("temperature");
        assertThat(model.path("swaps").asInt()).isEqualTo(1);
        assertThat(model.path("coverage").asDouble()).isEqualTo(0.9);
        assertThat(model.path("trainedAt").asString()).isEqualTo(TestModels.TRAINED.toString());
        assertThat(Instant.parse(model.path("since").asString()))
                .isAfter(Instant.parse(status().path("startedAt").asString()));
    }

    @Test
    void showsARefusedModelUntilALaterOneServes() {
        GruModel broken = TestModels.gru(PIPELINES.require("sim"), "status-broken", 0);
        byte[] artifact = ModelArtifact.write(broken);
        api.publish(
                Topics.MODELS,
                "sim/temperature/gru",
                TestModels.published(broken.card(), Instant.now(), ModelArtifact.sha256(new byte[] {1}), artifact));

        await().untilAsserted(() -> assertThat(status().path("refused"))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.path("pipeline").asString()).isEqualTo("sim");
                    assertThat(refused.path("feature").asString()).isEqualTo("temperature");
                    assertThat(refused.path("version").asString()).isEqualTo("status-broken");
                    assertThat(refused.path("reason").asString()).startsWith("expected an artifact of SHA-256");
                }));

        api.serve(TestModels.gru(PIPELINES.require("sim"), "status-mended", 0));

        await().untilAsserted(
                        () -> assertThat(status().path("refused").isEmpty()).isTrue());
    }

    @Test
    void showsThePipelines() {
        JsonNode noaa = status().path("pipelines").path(0);

        assertThat(noaa.path("pipeline").asString()).isEqualTo("noaa");
        assertThat(noaa.at("/features/0/name").asString()).isEqualTo("temperature");
        assertThat(noaa.path("targets").toString()).isEqualTo("[\"temperature\",\"windspeed\",\"pressure\"]");
        assertThat(noaa.at("/features/2/unit").asString()).isEqualTo("hPa");
        assertThat(noaa.path("cadence").asString()).isEqualTo("PT1H");
        assertThat(noaa.path("lookback").asInt()).isEqualTo(24);
        assertThat(noaa.path("horizons").toString()).isEqualTo("[1,6,24]");
    }

    @Test
    void isOkWhenTheBrokerAnswersAndTheTopicsWereRead() {
        await().untilAsserted(() -> assertThat(status().path("checks"))
                .extracting(
                        check -> check.path("name").asString(),
                        check -> check.path("ok").asBoolean())
                .containsExactly(tuple("broker", true), tuple("topics", true), tuple("history", true)));
    }

    @Test
    void showsFailedChecksAndSinceWhen() {
        Instant before = Instant.now();
        try (ConfigurableApplicationContext alone = RunningApi.startService("127.0.0.1:1")) {
            JsonNode checks = RunningApi.get(alone, "/status").body().path("checks");

            assertThat(checks).allSatisfy(check -> {
                assertThat(check.path("ok").asBoolean()).isFalse();
                assertThat(Instant.parse(check.path("since").asString()))
                        .isBetween(before, before.plus(Duration.ofMinutes(5)));
            });
            assertThat(checks.at("/0/detail").asString())
                    .contains("127.0.0.1:1")
                    .contains("does not answer");
            assertThat(checks.at("/2/detail").asString()).contains("aerocast.models.v1");
        }
    }

    @Test
    void linksOnlyToWhatIsConfigured() {
        assertThat(status().path("links").toString()).isEqualTo("{}");
        assertThat(status().at("/pipelines/0/runs").isMissingNode()).isTrue();

        try (ConfigurableApplicationContext linked = RunningApi.startService(
                "127.0.0.1:1",
                "--aerocast.api.links.mlflow=http://mlflow:5000/",
                "--aerocast.api.links.grafana=https://grafana.example/d/aerocast?orgId=1",
                "--aerocast.api.links.prometheus=")) {
            JsonNode status = RunningApi.get(linked, "/status").body();

            assertThat(status.path("links").toString())
                    .isEqualTo("{\"mlflow\":\"http://mlflow:5000/\","
                            + "\"grafana\":\"https://grafana.example/d/aerocast?orgId=1\"}");
            assertThat(status.at("/pipelines/0/runs").asString())
                    .isEqualTo("http://mlflow:5000/#/experiments?experimentSearchFilter=aerocast%2Fnoaa");
        }
    }

    @Test
    void anInvalidLinkStopsTheStart() {
        assertThatThrownBy(() -> RunningApi.startService("127.0.0.1:1", "--aerocast.api.links.grafana=localhost:3000")
                        .close())
                .hasStackTraceContaining("aerocast.api.links.grafana must be an absolute http or https URI such as "
                        + "http://localhost:5000, found localhost:3000");
    }

    private JsonNode status() {
        return api.get("/status").body();
    }

    private JsonNode model(String pipeline, String kind) {
        for (JsonNode each : status().path("pipelines")) {
            for (JsonNode model : each.path("models")) {
                if (each.path("pipeline").asString().equals(pipeline)
                        && model.path("model").asString().equals(kind)) {
                    return model;
                }
            }
        }
        return status().path("missing");
    }
}
