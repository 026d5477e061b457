package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A pipeline with two targets.
class TargetsTest extends RunningTrainer {

    @Override
    String features() {
        return super.features() + """
                , {"name": "windspeed", "unit": "m/s", "column": "wind", "minimum": 0, "maximum": 100}
                """;
    }

    @Override
    String targets() {
        return "\"temperature\", \"windspeed\"";
    }

    @Test
    void trainsEveryKindForEveryTargetOrForTheOneOfTheSignal() throws Exception {
        start();
        land(300);
        send(signal("all", RetrainReason.MANUAL, null));

        JsonNode all = awaitRun("all");

        assertThat(all.path("outcomes")).hasSize(2 * ModelKinds.TRAINED.size());
        assertThat(all.path("data").propertyNames()).containsExactly("temperature", "windspeed");
        assertThat(published()).extracting(ModelPublished::feature).contains("temperature", "windspeed");
        for (ModelPublished model : published()) {
            assertThat(ModelArtifact.read(model.artifact()).card().target()).isEqualTo(model.feature());
        }
        assertThat(directory.resolve("models/%s-windspeed.gru-%s.aerocast".formatted(pipeline.name(), version(all))))
                .exists();
        assertThat(get("/metrics"))
                .contains("aerocast_training_runs_total{feature=\"windspeed\",model=\"gru\",pipeline=\"%s\""
                        .formatted(pipeline.name()));

        send(feature("wind", "windspeed"), feature("none", "rainfall"));

        assertThat(awaitRun("wind").path("outcomes"))
                .hasSize(ModelKinds.TRAINED.size())
                .allSatisfy(outcome ->
                        assertThat(outcome.path("feature").asString()).isEqualTo("windspeed"));
        assertThat(awaitRun("none").path("failure").asString()).contains("no target of pipeline");
        assertThat(get("/metrics")).doesNotContain("rainfall");
    }

    @Test
    void aChampionOfTheKeyWithoutFeatureIsTheFirstTargets() throws Exception {
        start();
        land(300);
        send(signal("first", RetrainReason.MANUAL, null));
        awaitRun("first");
        ModelPublished gru = published().stream()
                .filter(model -> model.model().equals("gru") && "temperature".equals(model.feature()))
                .findFirst()
                .orElseThrow();
        ModelPublished old = new ModelPublished(
                other.name(),
                null,
                "gru",
                gru.version(),
                Instant.now(),
                null,
                null,
                null,
                Map.of(),
                gru.sha256(),
                gru.artifact());
        producer.send(new ProducerRecord<>(
                        Topics.MODELS.name(),
                        Topics.key(other.name(), "gru"),
                        Topics.MODELS.codec().encode(old)))
                .get();
        new Lake(directory).write(other, rows(other.name(), 300));
        send(signal("other", other, RetrainReason.MANUAL, null));

        JsonNode run = awaitRun("other");

        assertThat(run.path("outcomes").valueStream().filter(TargetsTest::isGru))
                .extracting(outcome -> outcome.at("/candidate/champion").asString(""))
                .containsExactly(gru.version(), "");
    }

    private static boolean isGru(JsonNode outcome) {
        return outcome.path("kind").asString().equals("gru");
    }

    private String version(JsonNode run) {
        return run.path("outcomes")
                .valueStream()
                .filter(outcome ->
                        isGru(outcome) && outcome.path("feature").asString().equals("windspeed"))
                .findFirst()
                .orElseThrow()
                .at("/candidate/version")
                .asString();
    }

    private RetrainSignal feature(String id, String feature) {
        return new RetrainSignal(
                id, pipeline.name(), RetrainReason.MANUAL, Instant.now(), null, feature, null, "a test", Map.of());
    }

    private void land(int seconds) throws IOException {
        new Lake(directory).write(pipeline, rows(pipeline.name(), seconds));
    }

    private static List<LandedObservation> rows(String pipeline, int seconds) {
        Random random = new Random(7);
        List<LandedObservation> rows = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            Instant time = World.START.plusSeconds(i);
            double phase = 2 * Math.PI * i / 24;
            Map<String, Double> readings = Map.of(
                    "temperature", 20 + 5 * Math.sin(phase) + 0.3 * random.nextGaussian(),
                    "windspeed", 10 + 3 * Math.cos(phase) + 0.3 * random.nextGaussian());
            rows.add(new LandedObservation(new Observation(pipeline, "lab", time, readings), 0, i, time));
        }
        return rows;
    }
}
