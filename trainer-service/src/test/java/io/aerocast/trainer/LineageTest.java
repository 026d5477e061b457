package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.lineage.Lineage;
import io.aerocast.trainer.lineage.Lineages;
import io.aerocast.trainer.lineage.Reproduction;
import io.aerocast.trainer.lineage.Reproduction.Result;
import io.aerocast.training.fit.FitProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LineageTest extends RunningTrainer {

    @Test
    void everyModelIsExplainedAndMadeAgainByteForByte() throws Exception {
        start();
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        awaitRun("first");
        send(signal("drift", RetrainReason.DRIFT, world.now()));
        world.hot(160);
        JsonNode run = awaitRun("drift");
        Lineages lineages =
                new Lineages(Pipelines.read(directory.resolve("pipelines.json")), new DataDirectory(directory));

        for (JsonNode outcome : run.path("outcomes")) {
            String version = outcome.at("/candidate/version").asString();
            Lineage lineage = lineages.ofVersion(version).models().stream()
                    .filter(model ->
                            model.id().kind().equals(outcome.path("kind").asString()))
                    .findFirst()
                    .orElseThrow();
            assertThat(lineage.trigger().signal().id()).isEqualTo("drift");
            assertThat(lineage.trigger().signal().evidence()).containsEntry("ratio", 3.0);
            assertThat(lineage.inputs().files()).hasSize(2);
            assertThat(lineage.inputs().files().getFirst().endOffset()).isEqualTo(299);
            assertThat(lineage.verdict().result())
                    .isEqualTo(outcome.path("outcome").asString().equals("published") ? "promoted" : "held");

            Result again = new Reproduction(directory).reproduce(lineage, FitProgress.SILENT);

            assertThat(again.differences()).isEmpty();
            assertThat(again.identical()).as(lineage.id().toString()).isTrue();
            assertThat(again.artifact())
                    .isEqualTo(Files.readAllBytes(directory.resolve("models").resolve(lineage.artifact())));
        }
        refusesOtherData(lineages, run);
    }

    private void refusesOtherData(Lineages lineages, JsonNode run) throws IOException {
        Lineage lineage = lineages.ofVersion(
                        run.at("/outcomes/0/candidate/version").asString())
                .models()
                .getFirst();
        Path file = directory.resolve(lineage.inputs().files().getFirst().path());
        Files.write(file, new byte[] {1});

        assertThatThrownBy(() -> new Reproduction(directory).reproduce(lineage, FitProgress.SILENT))
                .hasMessageContaining("has changed since the training: expected SHA-256");
    }

    @Test
    void aForecastIsExplainedByItsModelAndABlendByItsParts() throws Exception {
        start();
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        awaitRun("first");
        Map<String, String> parts = new HashMap<>();
        for (ModelPublished model : published()) {
            parts.put(model.model(), model.version());
        }
        String blend = StationEnsemble.versionOfBlend(parts);

        JsonNode one =
                lineage(Forecast.idOf(pipeline.name(), "lab", "temperature", "gru", parts.get("gru"), World.START, 1));
        JsonNode all = lineage(Forecast.idOf(pipeline.name(), "lab/2", "temperature", "blend", blend, World.START, 1));

        assertThat(one.path("models")).singleElement().satisfies(model -> {
            assertThat(model.at("/id/kind").asString()).isEqualTo("gru");
            assertThat(model.at("/run/id").asString()).startsWith("first-");
            assertThat(model.at("/data/holdOut/to").asString()).isNotEmpty();
        });
        assertThat(all.path("models")).hasSameSizeAs(parts.keySet());
        assertThat(all.path("note").asString()).startsWith("version %s is the blend of".formatted(blend));
        assertThat(get("/lineage?version=v0")).contains("no run record here names version v0");
        assertThat(get("/lineage?forecast=x")).contains("Expected a forecast id");
        assertThat(get("/lineage")).contains("Expected either 'version' or 'forecast'");
        try (Stream<Path> files = Files.list(directory.resolve("runs"))) {
            assertThat(files.map(Path::toString)
                            .filter(name -> name.endsWith(".json"))
                            .toList())
                    .hasSize(1);
        }
        assertThat(List.copyOf(parts.keySet())).contains("gru", "seasonal");
    }

    private JsonNode lineage(String forecast) throws Exception {
        return MAPPER.readTree(get("/lineage?forecast=" + forecast));
    }
}
