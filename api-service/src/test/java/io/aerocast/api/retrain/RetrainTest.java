package io.aerocast.api.retrain;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.aerocast.api.TestModels;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.forecast.GruModel;
import io.aerocast.pipeline.Pipeline;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(RunningApi.class)
class RetrainTest {

    private final Handle api;

    RetrainTest(Handle api) {
        this.api = api;
    }

    @Test
    void requestsATrainingOnceIfTheLastOneIsTooOld() {
        train("noaa", "old", Instant.parse("2013-04-01T00:00:00Z"));

        Reply first = api.post("/routine-retrain-check", "{\"pipeline\": \"noaa\"}");
        Reply second = api.post("/routine-retrain-check", "{\"pipeline\": \"noaa\"}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().path("scheduled").booleanValue()).isTrue();
        assertThat(first.text("reason")).startsWith("noaa: the last training is ");
        assertThat(first.number("age_sec")).isGreaterThan(4e8);
        assertThat(second.body().path("scheduled").booleanValue(true)).isFalse();
        assertThat(second.text("reason")).contains("; a training was requested at ");
        List<RetrainSignal> raised = signals("noaa").stream()
                .filter(s -> s.id().startsWith("schedule/noaa/2013-04-01T00:00:00Z/"))
                .toList();
        assertThat(raised).singleElement().satisfies(s -> assertThat(s.reason()).isEqualTo(RetrainReason.SCHEDULE));
    }

    @Test
    void knowsTheRequestsOfAnotherReplica() {
        train("noaa", "older", Instant.parse("2013-03-01T00:00:00Z"));
        check("?pipeline=noaa");

        try (ConfigurableApplicationContext replica = api.replica()) {
            await().untilAsserted(() -> {
                Reply reply = RunningApi.post(replica, "/routine-retrain-check", "{\"pipeline\": \"noaa\"}");
                assertThat(reply.text("reason")).contains("; a training was requested at ");
                assertThat(reply.body().path("scheduled").booleanValue(true)).isFalse();
            });
        }
    }

    @Test
    void requestsNoTrainingForAFreshModel() {
        train("sim", "fresh", Instant.now());

        Reply reply = check("?pipeline=sim");

        assertThat(reply.body().path("scheduled").booleanValue(true)).isFalse();
        assertThat(reply.number("age_sec")).isBetween(0.0, 60.0);
        assertThat(signals("sim")).isEmpty();
    }

    @Test
    void checksEveryPipelineIfNoneIsNamed() {
        train("sim", "fresh", Instant.now());

        Reply reply = check("");

        assertThat(reply.body().path("scheduled").booleanValue()).isTrue();
        assertThat(reply.text("reason"))
                .contains("tide: it was never trained here", "sim: the last training is 0 h 0 min");
        assertThat(reply.body().path("age_sec").isNull()).isTrue();
        assertThat(reply.body().path("pipelines").values())
                .extracting(p -> p.path("pipeline").stringValue())
                .containsExactly("noaa", "sim", "tide", "swaps");
        assertThat(signals("tide")).isNotEmpty();
        assertThat(signals("sim")).isEmpty();
    }

    @Test
    void refusesAnUnknownPipeline() {
        Reply reply = check("?pipeline=mars");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("detail"))
                .isEqualTo("Field 'pipeline': expected one of [noaa, sim, tide, swaps], found 'mars'");
        assertThat(api.post("/routine-retrain-check", "{\"pipelines\": []}").status())
                .isEqualTo(400);
    }

    private Reply check(String query) {
        return api.send(api.request("/routine-retrain-check" + query).POST(BodyPublishers.noBody()));
    }

    private List<RetrainSignal> signals(String pipeline) {
        return api.events(Topics.RETRAIN).stream()
                .filter(s -> s.pipeline().equals(pipeline))
                .toList();
    }

    private void train(String name, String version, Instant at) {
        Pipeline pipeline = PIPELINES.require(name);
        GruModel model = TestModels.gru(TestModels.card(pipeline, GruModel.KIND, version, at), 0);
        api.serve(model);
    }
}
