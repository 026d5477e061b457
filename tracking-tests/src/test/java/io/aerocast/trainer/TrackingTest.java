package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.Build;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Prediction;
import io.aerocast.trainer.mlflow.MlflowServer;
import io.aerocast.trainer.mlflow.MlflowServer.Serving;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Trainings on a real MLflow server, read back by MLflow's own Python client.
class TrackingTest extends RunningTrainer {

    private static final int WINDOWS = 1000;
    private static final double TOLERANCE = 1e-5;

    private MlflowServer mlflow;

    @Override
    String horizons() {
        return "[1, 2, 6]";
    }

    @BeforeEach
    void startMlflow() throws IOException {
        mlflow = MlflowServer.shared();
    }

    @Test
    void aTrainingIsARunThatAnyoneCanOpenAndLoad() throws Exception {
        start("--aerocast.trainer.mlflow.tracking-uri=" + mlflow.uri());
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        JsonNode record = awaitRun("first");
        awaitDelivered();

        JsonNode logged = mlflow.pipeline(pipeline.name());
        List<JsonNode> runs = logged.path("runs").valueStream().toList();
        assertThat(runs).hasSize(3);
        for (JsonNode run : runs) {
            String kind = run.path("tags").path("aerocast.model").asString();
            JsonNode expected = outcome(record, kind);
            assertThat(run.path("status").asString()).isEqualTo("FINISHED");
            assertThat(run.path("name").asString()).startsWith(kind);
            assertThat(Instant.ofEpochMilli(run.path("start").asLong()))
                    .isEqualTo(Instant.parse(
                            expected.path("candidate").path("startedAt").asString()));
            assertThat(run.path("end").asLong())
                    .isGreaterThanOrEqualTo(run.path("start").asLong());
            tags(run, expected);
            numbers(run, expected);
            datasets(run, record);
            assertThat(run.path("artifacts").valueStream().map(JsonNode::asString))
                    .contains(
                            "features.json",
                            "model.aerocast",
                            "plots/error-by-horizon.svg",
                            "plots/forecast-h1.svg",
                            "plots/forecast-h6.svg",
                            "verdict.json");
            assertThat(run.path("models")).hasSize(1);
        }
        assertThat(run(runs, "gru").path("artifacts").valueStream().map(JsonNode::asString))
                .contains("plots/learning-curve.svg");
        registry(logged, record);
        for (ModelPublished model : published()) {
            forecastsAsInPython(model);
        }
        isServedByMlflow();
    }

    private void tags(JsonNode run, JsonNode expected) {
        JsonNode tags = run.path("tags");
        assertThat(tags.path("aerocast.reason").asString()).isEqualTo("manual");
        assertThat(tags.path("aerocast.feature").asString()).isEqualTo("temperature");
        assertThat(tags.path("aerocast.signal").asString()).isEqualTo("first");
        assertThat(tags.path("aerocast.verdict").asString()).isEqualTo("promoted");
        assertThat(tags.path("aerocast.version").asString())
                .isEqualTo(expected.path("candidate").path("version").asString());
        assertThat(tags.path("aerocast.java").asString()).isEqualTo(System.getProperty("java.version"));
        assertThat(tags.path("aerocast.commit").asString(null)).isEqualTo(Build.commit());
        assertThat(tags.path("aerocast.os").asString()).startsWith(System.getProperty("os.name"));
        assertThat(tags.path("mlflow.note.content").asString())
                .contains("**Why:** manual at lab: a test")
                .contains("**Verdict:** promoted");
    }

    private static void numbers(JsonNode run, JsonNode expected) {
        JsonNode metrics = run.path("metrics");
        List<JsonNode> losses = metrics.path("train.loss").valueStream().toList();
        assertThat(losses).hasSameSizeAs(expected.path("candidate").path("epochs"));
        for (JsonNode epoch : expected.path("candidate").path("epochs")) {
            assertThat(losses).anySatisfy(loss -> {
                assertThat(loss.get(0).asInt()).isEqualTo(epoch.path("epoch").asInt());
                assertThat(loss.get(1).asDouble())
                        .isEqualTo(epoch.path("trainLoss").asDouble());
            });
        }
        assertThat(metrics.path("validation.rmse"))
                .hasSameSizeAs(expected.path("candidate").path("epochs"));
        JsonNode scores = expected.path("scores");
        for (int h = 0; h < 3; h++) {
            int horizon = scores.path("candidate").path(h).path("horizon").asInt();
            atHorizon(metrics, "rmse", horizon, scores.path("candidate").path(h).path("rmse"));
            atHorizon(
                    metrics,
                    "persistence.rmse",
                    horizon,
                    scores.path("persistence").path(h).path("rmse"));
            atHorizon(
                    metrics,
                    "coverage",
                    horizon,
                    scores.path("intervals").path(h).path("coverage"));
            atHorizon(metrics, "skill", horizon, scores.path("skills").path(h).path("skill"));
        }
        assertThat(metrics.path("holdout/rmse")
                        .valueStream()
                        .map(point -> point.get(0).asInt()))
                .containsExactlyInAnyOrder(1, 2, 6);
        assertThat(metrics.path("rmse").get(0).get(1).asDouble())
                .isEqualTo(scores.path("candidate").path(0).path("rmse").asDouble());
        assertThat(metrics.path("seconds/fit").get(0).get(1).asDouble())
                .isEqualTo(expected.path("candidate").path("fitSeconds").asDouble());
        expected.path("candidate")
                .path("hyperparameters")
                .properties()
                .forEach(entry -> assertThat(
                                run.path("params").path(entry.getKey()).asString())
                        .isEqualTo(entry.getValue().asString()));
        assertThat(run.path("params").path("horizons").asString()).isEqualTo("1,2,6");
    }

    private static void atHorizon(JsonNode metrics, String score, int horizon, JsonNode expected) {
        assertThat(expected.isNumber()).as(score).isTrue();
        assertThat(metrics.path("holdout/" + score)).as(score).anySatisfy(point -> {
            assertThat(point.get(0).asInt()).isEqualTo(horizon);
            assertThat(point.get(1).asDouble()).isEqualTo(expected.asDouble());
        });
    }

    private void datasets(JsonNode run, JsonNode record) {
        List<JsonNode> datasets = run.path("datasets").valueStream().toList();
        assertThat(datasets)
                .extracting(dataset -> dataset.path("context").asString())
                .containsExactlyInAnyOrder("training", "validation", "holdout");
        JsonNode training = datasets.stream()
                .filter(dataset -> dataset.path("context").asString().equals("training"))
                .findFirst()
                .orElseThrow();
        JsonNode part = record.path("data").path("temperature").path("train");
        assertThat(part.path("sha256").asString())
                .startsWith(training.path("digest").asString());
        assertThat(training.path("profile").path("num_rows").asInt())
                .isEqualTo(part.path("samples").asInt());
        assertThat(training.path("source").path("uri").asString()).startsWith("file:");
        JsonNode observations = training.path("source").path("observations").get(0);
        assertThat(observations.path("station").asString()).isEqualTo("lab");
        assertThat(observations.path("lastOffset").asInt()).isEqualTo(299);
        assertThat(training.path("schema")
                        .path("mlflow_colspec")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("temperature");
    }

    private static void registry(JsonNode logged, JsonNode record) {
        assertThat(logged.path("versions")).hasSize(3);
        for (JsonNode version : logged.path("versions")) {
            String kind = version.path("tags").path("aerocast.model").asString();
            assertThat(version.path("status").asString()).isEqualTo("READY");
            assertThat(version.path("tags").path("aerocast.verdict").asString()).isEqualTo("promoted");
            assertThat(version.path("tags").path("aerocast.version").asString())
                    .isEqualTo(outcome(record, kind)
                            .path("candidate")
                            .path("version")
                            .asString());
            List<String> aliases = version.path("aliases")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            assertThat(aliases)
                    .isEqualTo(kind.equals("gru") ? List.of("champion", "champion-gru") : List.of("champion-" + kind));
        }
    }

    /// Loads the model by its alias.
    private void forecastsAsInPython(ModelPublished published) throws Exception {
        ForecastModel model = ModelArtifact.read(published.artifact());
        List<Lookback> windows = windows(model);
        String alias = published.model().equals("gru") ? "champion" : "champion-" + published.model();
        String input = MAPPER.writeValueAsString(inputs(windows));

        JsonNode outputs = MAPPER.readTree(mlflow.script(
                "forecast.py",
                input,
                mlflow.uri().toString(),
                "models:/aerocast-%s@%s".formatted(pipeline.name(), alias)));

        for (String way : new String[] {"onnx", "pyfunc"}) {
            for (int i = 0; i < WINDOWS; i++) {
                Prediction expected = model.predict(windows.get(i));
                assertThat(row(outputs.path(way), "forecast", i)).containsExactly(expected.value(), within(TOLERANCE));
                assertThat(row(outputs.path(way), "lower", i)).containsExactly(expected.lower(), within(TOLERANCE));
                assertThat(row(outputs.path(way), "upper", i)).containsExactly(expected.upper(), within(TOLERANCE));
            }
        }
    }

    /// `mlflow models serve`, which reads the signature and JSON.
    private void isServedByMlflow() throws Exception {
        ModelPublished published = published().stream()
                .filter(model -> model.model().equals("gru"))
                .findFirst()
                .orElseThrow();
        ForecastModel model = ModelArtifact.read(published.artifact());
        List<Lookback> windows = windows(model).subList(0, 50);
        try (Serving serving = mlflow.serve("models:/aerocast-%s@champion".formatted(pipeline.name()))) {
            JsonNode answer =
                    MAPPER.readTree(serving.invoke(MAPPER.writeValueAsString(Map.of("inputs", inputs(windows)))));

            JsonNode outputs = answer.path("predictions");
            for (int i = 0; i < windows.size(); i++) {
                assertThat(row(outputs, "forecast", i))
                        .as(answer.toString())
                        .containsExactly(model.predict(windows.get(i)).value(), within(TOLERANCE));
            }
        }
    }

    private static Map<String, Object> inputs(List<Lookback> windows) {
        return Map.of(
                "lookback",
                windows.stream().map(Lookback::rows).map(TrackingTest::numbers).toList(),
                "origin",
                windows.stream().map(window -> window.origin().getEpochSecond()).toList());
    }

    /// One reading of ten is missing, but not the latest.
    private static List<Lookback> windows(ForecastModel model) {
        Random random = new Random(5);
        return IntStream.range(0, WINDOWS)
                .mapToObj(_ -> {
                    double[][] rows = new double[model.card().lookback()][1];
                    for (double[] row : rows) {
                        row[0] = random.nextInt(10) == 0 ? Double.NaN : 20 + 6 * random.nextGaussian();
                    }
                    rows[rows.length - 1][0] = 20 + 6 * random.nextGaussian();
                    return new Lookback(rows, World.START.plusSeconds(random.nextInt(100_000_000)));
                })
                .toList();
    }

    private static List<List<Double>> numbers(double[][] rows) {
        List<List<Double>> numbers = new ArrayList<>();
        for (double[] row : rows) {
            List<Double> cells = new ArrayList<>();
            for (double value : row) {
                cells.add(Double.isNaN(value) ? null : Double.valueOf(value));
            }
            numbers.add(cells);
        }
        return numbers;
    }

    private static double[] row(JsonNode outputs, String name, int i) {
        return outputs.path(name)
                .get(i)
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void promotionAndRollbackMoveTheAliases() throws Exception {
        start("--aerocast.trainer.mlflow.tracking-uri=" + mlflow.uri());
        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        String calm = outcome(awaitRun("first"), "gru")
                .path("candidate")
                .path("version")
                .asString();
        Instant changed = world.now();
        world.hot(160);
        send(signal("drift", RetrainReason.DRIFT, changed));
        JsonNode answer = outcome(awaitRun("drift"), "gru");
        String hot = answer.path("candidate").path("version").asString();
        assertThat(answer.path("outcome").asString()).isEqualTo("published");
        awaitDelivered();
        assertThat(aliases()).containsEntry("champion", hot).containsEntry("champion-gru", hot);

        HttpResponse<String> back =
                post("/rollback", Map.of("pipeline", pipeline.name(), "model", "gru", "note", "a test"));

        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(MAPPER.readTree(back.body()).path("version").asString()).isEqualTo(calm);
        assertThat(MAPPER.readTree(back.body()).path("before").asString()).isEqualTo(hot);
        awaitDelivered();
        assertThat(aliases())
                .containsEntry("champion", calm)
                .containsEntry("champion-gru", calm)
                .containsEntry("challenger", hot)
                .containsEntry("challenger-gru", hot);
        ModelPublished last = published().getLast();
        assertThat(last.version()).isEqualTo(calm);
        assertThat(last.signalId()).isEqualTo("first");
        assertThat(ModelArtifact.read(last.artifact()).card().version()).isEqualTo(calm);
    }

    @Test
    void aRollbackThatIsImpossibleNamesTheReason() throws Exception {
        start();

        assertThat(post("/rollback", Map.of("pipeline", "mars", "model", "gru")).body())
                .contains("no pipeline 'mars' runs here");
        HttpResponse<String> none = post("/rollback", Map.of("pipeline", pipeline.name(), "model", "gru"));
        assertThat(none.statusCode()).isEqualTo(409);
        assertThat(none.body()).contains("no model of kind 'gru' serves");
        HttpResponse<String> incomplete = post("/rollback", Map.of("pipeline", pipeline.name()));
        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(incomplete.body()).contains("Field 'model' is missing");

        world.calm(300);
        send(signal("first", RetrainReason.MANUAL, null));
        String version = outcome(awaitRun("first"), "gru")
                .path("candidate")
                .path("version")
                .asString();
        assertThat(post("/rollback", Map.of("pipeline", pipeline.name(), "model", "gru"))
                        .body())
                .contains("it is not known what version %s replaced".formatted(version));
        assertThat(post("/rollback", Map.of("pipeline", pipeline.name(), "model", "gru", "version", version))
                        .body())
                .contains("version %s serves already".formatted(version));
        assertThat(post("/rollback", Map.of("pipeline", pipeline.name(), "model", "gru", "version", "v0"))
                        .body())
                .contains("version v0 is kept here");
    }

    private Map<String, String> aliases() throws Exception {
        Map<String, String> aliases = new TreeMap<>();
        for (JsonNode version : mlflow.pipeline(pipeline.name()).path("versions")) {
            version.path("aliases")
                    .forEach(alias -> aliases.put(
                            alias.asString(),
                            version.path("tags").path("aerocast.version").asString()));
        }
        return aliases;
    }

    private static JsonNode run(List<JsonNode> runs, String kind) {
        return runs.stream()
                .filter(run ->
                        run.path("tags").path("aerocast.model").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private void awaitDelivered() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get("/healthz")).contains("\"waiting\":0").doesNotContain("failingSince"));
    }
}
