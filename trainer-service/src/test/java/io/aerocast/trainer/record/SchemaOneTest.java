package io.aerocast.trainer.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Outcome.Failed;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.Outcome.Unpublished;
import io.aerocast.trainer.record.Outcome.Vetoed;
import io.aerocast.trainer.record.RunRecord.State;
import io.aerocast.training.score.ScoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Records of schema 1 in a data directory that version 0.1 has written.
class SchemaOneTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path directory;

    private RunRecords records;

    @BeforeEach
    void copy() throws IOException {
        EarlierDirectory.copy(directory);
        records = new RunRecords(new DataDirectory(directory));
    }

    @Test
    void readsTheStateOfEveryRun() throws IOException {
        assertThat(records.all()).hasSize(5).allSatisfy(run -> {
            assertThat(run.schema()).isEqualTo(3);
            assertThat(run.attempt()).isEqualTo(1);
            assertThat(run.tracked()).containsExactly("gru", "seasonal");
            assertThat(run.contract())
                    .isEqualTo(new PipelineContract(
                            List.of("temperature"), 8, List.of(1, 2, 6), java.time.Duration.ofSeconds(1)));
            assertThat(run.environment().java()).startsWith("25");
        });
        assertThat(states("garden-first")).containsExactly(Published.class, Published.class);
        assertThat(states("garden-drift")).containsExactly(Published.class, Published.class);
        assertThat(states("garden-again")).containsExactly(Held.class, Held.class);
        assertThat(states("garden-stuck")).containsExactly(Vetoed.class, Vetoed.class);
        assertThat(states("garden-doomed")).containsExactly(Failed.class, Failed.class);
        assertThat(run("garden-doomed").state()).isEqualTo(State.FAILED);
        assertThat(run("garden-doomed").failure()).contains("is not a Parquet file");
        assertThat(run("garden-drift").data("temperature")).hasValueSatisfying(data -> {
            assertThat(data.lake()).hasToString("file:///data/");
            assertThat(data.calm()).isNotNull();
        });
    }

    @Test
    void losesNoScoreNoReasonAndNoCheck() throws IOException {
        for (RunRecord run : records.all()) {
            JsonNode kept = MAPPER.readTree(Files.readAllBytes(directory.resolve("runs/%s.json".formatted(run.id()))));
            for (Outcome outcome : run.outcomes()) {
                JsonNode model = kept.path("models")
                        .valueStream()
                        .filter(one -> one.path("model").asString().equals(outcome.kind()))
                        .findFirst()
                        .orElseThrow();
                assertThat(ScoreName.byLabel(outcome.values())).isEqualTo(scores(model));
                assertThat(outcome.reasons())
                        .containsExactlyElementsOf(model.path("reasons")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList());
                assertThat(outcome.findings()).hasSameSizeAs(model.path("checks"));
                assertThat(outcome.result().label())
                        .isEqualTo(model.path("verdict").asString());
                if (outcome instanceof Judged judged) {
                    assertThat(judged.candidate().epochs()).hasSameSizeAs(model.path("epochs"));
                    assertThat(judged.candidate().version())
                            .isEqualTo(model.path("version").asString());
                }
            }
        }
    }

    private static Map<String, Double> scores(JsonNode model) {
        Map<String, Double> scores = new java.util.TreeMap<>();
        model.path("metrics")
                .properties()
                .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble()));
        return scores;
    }

    @Test
    void aRunThatWasCutOffIsNotTrackedFurtherThanItsFilesShow() throws IOException {
        EarlierDirectory.cutOff(directory);

        RunRecord run = run("garden-drift");

        assertThat(run.state()).isEqualTo(State.STARTED);
        assertThat(run.finishedAt()).isNull();
        assertThat(run.tracked()).containsExactly("gru");
        assertThat(states("garden-drift")).containsExactly(Published.class, Proven.class);
    }

    @Test
    void aProvenModelOfAFailedRunWasNeverPublished() throws IOException {
        EarlierDirectory.edit(
                directory,
                "garden-drift",
                json -> json.replace("\"state\" : \"finished\"", "\"state\" : \"failed\"")
                        .replace("\"published\" : true", "\"published\" : false")
                        .replace("\"failure\" : null", "\"failure\" : \"the broker refused it\""));

        assertThat(states("garden-drift")).containsExactly(Unpublished.class, Unpublished.class);
        assertThat(run("garden-drift").outcomes())
                .allSatisfy(outcome -> assertThat(outcome.reasons()).containsExactly("the broker refused it"));
    }

    @Test
    void aProvenModelThatAFailingRunHadTrackedIsNotPublishedAnyMore() throws IOException {
        EarlierDirectory.cutOffInFailure(directory);

        assertThat(run("garden-drift").state()).isEqualTo(State.STARTED);
        assertThat(run("garden-drift").tracked()).containsExactly("gru", "seasonal");
        assertThat(states("garden-drift")).containsExactly(Published.class, Unpublished.class);
    }

    @Test
    void aFitWithoutATimeBeganWithItsRun() throws IOException {
        EarlierDirectory.addEarliest(directory);

        RunRecord run = run("garden-earliest");

        assertThat(states("garden-earliest")).containsExactly(Published.class, Published.class);
        assertThat(run.contract()).isNull();
        assertThat(run.tracked()).isEmpty();
        assertThat(run.outcomes()).allSatisfy(outcome -> {
            assertThat(((Judged) outcome).candidate().startedAt()).isEqualTo(run.startedAt());
            assertThat(outcome.reasons()).isNotEmpty();
            assertThat(outcome.checks()).isEmpty();
            assertThat(outcome.values()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"lookback\" : \"8\",", "\"cadence\" : \"PT1S\",", "\"parameters\" :", "\"tags\" :"})
    void aDamagedTrackedRunLeavesTheRecordUntracked(String lost) throws IOException {
        Path tracked = directory.resolve("runs/garden-drift-d79cb2eb/gru/run.json");
        String json = Files.readString(tracked);
        assertThat(json).contains(lost);
        Files.writeString(tracked, json.replaceFirst(lost, lost.endsWith(":") ? "\"other\" :" : ""));

        assertThat(records.all()).hasSize(5);
        assertThat(run("garden-drift").tracked()).containsExactly("seasonal");
        assertThat(states("garden-drift")).containsExactly(Published.class, Published.class);
    }

    @Test
    void isKeptAsSchemaThree() throws IOException {
        List<RunRecord> read = new ArrayList<>(records.all());
        for (RunRecord run : read) {
            records.save(run);
        }

        assertThat(records.all()).containsExactlyInAnyOrderElementsOf(read);
        assertThat(directory.resolve("runs/%s.json".formatted(read.getFirst().id())))
                .content()
                .contains("\"schema\" : 3");
    }

    private List<Class<?>> states(String prefix) throws IOException {
        return run(prefix).outcomes().stream().<Class<?>>map(Object::getClass).toList();
    }

    private RunRecord run(String prefix) throws IOException {
        return records.all().stream()
                .filter(run -> run.id().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }
}
