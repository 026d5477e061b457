package io.aerocast.system.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.standalone.AeroCast;
import io.aerocast.standalone.client.Api;
import io.aerocast.standalone.demo.Demo;
import io.aerocast.standalone.demo.DemoSettings;
import io.aerocast.standalone.healing.Healing;
import io.aerocast.standalone.healing.HealingReport;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.Logs;
import io.aerocast.standalone.runtime.Ports;
import io.aerocast.standalone.runtime.Standalone;
import io.aerocast.standalone.terminal.Screen;
import io.aerocast.system.monitoring.MetricTable;
import io.aerocast.system.monitoring.MetricTable.Metric;
import io.aerocast.system.monitoring.MetricTable.Scraped;
import io.aerocast.system.monitoring.TraceReceiver;
import io.aerocast.system.monitoring.TraceReceiver.Span;
import io.aerocast.trainer.history.RunHistory;
import io.aerocast.trainer.track.RunSummary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the whole loop once, in this JVM: a real broker, real trainings, real parquet, HTTP. The tests read its
/// results while it still runs.
class LoopTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /// A routine training is due at once.
    private static final Map<String, String> SETTINGS =
            Map.of("aerocast.otlp.sampling", "0", "aerocast.api.retrain.max-age", "1s");

    @TempDir
    static Path parent;

    private static DataHome directory;
    private static Standalone standalone;
    private static Demo demo;
    private static TraceReceiver traces;
    private static HealingReport report;

    @BeforeAll
    static void runUntilHealed() throws IOException, InterruptedException {
        traces = TraceReceiver.start();
        // Only requests that carry a sampled trace are traced.
        SETTINGS.forEach(System::setProperty);
        System.setProperty("aerocast.otlp.endpoint", traces.endpoint());
        directory = DataHome.open(parent.resolve("data"));
        Logs.toFile(directory.log());
        standalone = new Standalone(directory, Ports.free());
        demo = new Demo(standalone, DemoSettings.standard(), Screen.standardError());
        report = demo.untilHealed(TIMEOUT);
    }

    /// Commands that other tests run in this process redirect the log to the screen.
    @BeforeEach
    void logToTheFile() {
        Logs.toFile(directory.log());
    }

    @AfterAll
    static void stop() {
        demo.close();
        standalone.close();
        traces.close();
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aerocast.otlp.endpoint");
    }

    @Test
    void healsAndTheNumbersShowIt() {
        assertThat(report.healed()).as(report.json()).isTrue();
        assertThat(report.reason()).isNull();
        // The blend adapts to the heatwave while it lasts; the models as they were fitted do not.
        assertThat(report.rmseDrifted()).isGreaterThan(1.1 * report.rmseCalm());
        assertThat(report.oldModelRmseHealed()).isGreaterThan(1.5 * report.rmseCalm());
        assertThat(report.rmseHealed())
                .isLessThan(1.5 * report.rmseCalm())
                .isLessThan(report.oldModelRmseHealed())
                .isLessThan(report.persistenceRmseHealed());
        assertThat(report.evaluationsHealed()).isGreaterThanOrEqualTo(Healing.ENOUGH);
        assertThat(report.observationsToDetection()).isBetween(2L, 300L);
        assertThat(report.secondsSignalToServing()).isPositive();
    }

    @Test
    void theClientWasServedThroughoutTheSwap() {
        assertThat(report.requestsAnswered()).isGreaterThan(100);
        assertThat(report.requestsFailed()).isZero();
    }

    @Test
    void theReportHasTheSkillOfEveryTargetAndHorizon() {
        HealingReport.Pipe noaa = report.pipelines().get("noaa");
        assertThat(noaa.skills().keySet()).containsExactly("temperature", "windspeed", "pressure");
        assertThat(noaa.skills().get("temperature")).hasSize(24).containsKeys(1, 24);
        assertThat(noaa.coverages().values())
                .allSatisfy(coverages -> assertThat(coverages.values()).allMatch(share -> share >= 0 && share <= 1));
        assertThat(report.pipelines().get("sim").promotions()).isPositive();
    }

    @Test
    void driftAndLineageAnswerFromTheRunningServices() throws Exception {
        String trainer = "--trainer=http://127.0.0.1:" + standalone.ports().trainer();
        String drift = "--drift=http://127.0.0.1:" + standalone.ports().drift();

        assertThat(AeroCast.run("drift", "--pipeline=sim", "--station=SIM-1", drift))
                .isZero();
        assertThat(AeroCast.run("lineage", promotedVersion(), trainer)).isZero();
        assertThat(AeroCast.run("cancel", "no-such-run", trainer)).isEqualTo(1);
    }

    @Test
    void theApiAnswersFromTheNewModel() throws Exception {
        List<String> versions = report.modelVersions().get("sim");
        assertThat(versions).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();

        assertThat(predict("sim", rows(24, 30)).modelVersion()).isGreaterThanOrEqualTo(versions.getLast());
        assertThat(predict("noaa", rows(24, 10, 5, 1013)).modelVersion())
                .isGreaterThanOrEqualTo(report.modelVersions().get("noaa").getLast());
    }

    @Test
    void duckDbReadsTheWindowsWithTheDocumentedColumns() throws SQLException {
        assertThat(query("describe select * from read_parquet('%s')", "noaa"))
                .containsExactly(
                        "pipeline VARCHAR",
                        "station VARCHAR",
                        "ts TIMESTAMP WITH TIME ZONE",
                        "temperature DOUBLE",
                        "windspeed DOUBLE",
                        "pressure DOUBLE",
                        "kafka_partition INTEGER",
                        "kafka_offset BIGINT",
                        "arrived_at TIMESTAMP WITH TIME ZONE");
        assertThat(query(
                        "select distinct pipeline, station from read_parquet('%s') "
                                + "group by all having count(*) = count(distinct kafka_offset)",
                        "sim"))
                .containsExactly("sim SIM-1");
        assertThat(query("select count(*) >= 400, min(ts) = '2013-03-01 00:00:00+00' from read_parquet('%s')", "noaa"))
                .containsExactly("true true");
    }

    @Test
    void trainingDataHasTheColumnsOfTheContract() throws IOException {
        Path noaa = parent.resolve("noaa.csv");
        Path sim = parent.resolve("sim.csv");

        assertThat(run("training-data", "--pipeline=noaa", "--window=5", "--out=" + noaa))
                .isZero();
        assertThat(run("training-data", "--pipeline=sim", "--window=5", "--out=" + sim))
                .isZero();

        assertThat(Files.readAllLines(noaa).getFirst())
                .isEqualTo("t0_temp,t0_wind,t0_pressure,t1_temp,t1_wind,t1_pressure,t2_temp,t2_wind,t2_pressure,"
                        + "t3_temp,t3_wind,t3_pressure,t4_temp,t4_wind,t4_pressure,target");
        assertThat(Files.readAllLines(sim).getFirst()).isEqualTo("t0_temp,t1_temp,t2_temp,t3_temp,t4_temp,target");
    }

    @Test
    void aModelIsTrainedByHandOnTheLandedObservations() throws IOException {
        Path file = parent.resolve("noaa-seasonal.aerocast");

        assertThat(run("train", "--model=seasonal", "--pipeline=noaa", "--out=" + file))
                .isZero();

        assertThat(ModelArtifact.read(Files.readAllBytes(file)).card().model()).isEqualTo("seasonal");
    }

    @Test
    void feedKeepsTheForecastsAndDetectJudgesThem() throws IOException {
        String api = "--api=http://127.0.0.1:" + standalone.ports().api();

        assertThat(run("feed", "--pipeline=sim", "--limit=150", api)).isZero();
        List<String> lines = Files.readAllLines(directory.resolve("logs/prediction_history.csv"));
        assertThat(lines).hasSize(151).first().isEqualTo("ts,model,prediction,actual,error");
        assertThat(lines.get(1))
                .matches("2020-01-01T\\d\\d:\\d\\d:\\d\\dZ,sim/blend@SIM-1,-?[0-9.]+,-?[0-9.]+,[0-9.E-]+");

        assertThat(run("detect", "--pipeline=sim")).isZero();
        assertThat(directory.resolve("last_drift_state.txt")).isNotEmptyFile();
    }

    @Test
    void aRetrainFlagBecomesASignalAndIsRemoved() throws IOException {
        Path flag = Files.writeString(directory.resolve("retrain.flag"), "pipeline=noaa\nreason=manual\nnote=test\n");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(flag).doesNotExist());
        assertThat(directory.resolve("retrain.flag.rejected")).doesNotExist();
        assertThat(directory.resolve("last_retrain.txt")).isNotEmptyFile();
    }

    @Test
    void theMetricTableHasEveryMetricOfTheRunningServices() throws Exception {
        MetricTable table = MetricTable.read();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, Integer> service : services().entrySet()) {
            List<Scraped> scraped = MetricTable.scraped(get(service.getValue(), "/metrics", "text/plain"));
            assertThat(scraped).hasSizeGreaterThan(50).allSatisfy(metric -> {
                Metric row = table.metrics().get(metric.name());
                assertThat(row).as("%s of %s", metric, service.getKey()).isNotNull();
                assertThat(row.types()).as("%s of %s", metric, service.getKey()).contains(metric.type());
                assertThat(row.labels())
                        .as("%s of %s", metric, service.getKey())
                        .containsAll(metric.labels());
                assertThat(row.services()).as(metric.name()).containsAnyOf(service.getKey(), "all");
                seen.add(service.getKey() + " " + metric.name());
            });
        }

        assertThat(table.metrics().values())
                .filteredOn(row -> row.name().startsWith("aerocast_") && !row.seldom())
                .allSatisfy(row -> assertThat(seen)
                        .containsAll(services().keySet().stream()
                                .filter(service -> row.services().contains("all")
                                        || row.services().contains(service))
                                .map(service -> service + " " + row.name())
                                .toList()));
    }

    @Test
    void oneTraceCrossesRestAndKafka() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpRequest request = HttpRequest.newBuilder(
                        uri(standalone.ports().api(), "/routine-retrain-check?pipeline=sim"))
                .header("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(trace))
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("\"scheduled\":true");
        }
        // Before the wait for the training: an exemplar expires after 70 seconds.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get(
                                standalone.ports().api(), "/metrics", "application/openmetrics-text; version=1.0.0"))
                        .containsPattern(
                                "http_server_requests_seconds_bucket.*retrain-check.* # \\{.*trace_id=\"" + trace)
                        // Prometheus 2.42 would refuse the scrape.
                        .doesNotContainPattern("_count\\{.*# \\{"));

        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            Span asked = span(trace, "api-service", "http post /routine-retrain-check");
            Span sent = span(trace, "api-service", "aerocast.retrain.v1 send");
            Span answered = span(trace, "trainer-service", "aerocast.retrain.v1 process");
            assertThat(asked.parent()).isEqualTo("00f067aa0ba902b7");
            assertThat(sent.parent()).isEqualTo(asked.id());
            assertThat(answered.parent()).isEqualTo(sent.id());
        });
        // Its run may wait until another one has ended.
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(Files.readAllLines(directory.log()))
                        .anyMatch(line -> line.contains("run started") && line.contains("traceId=" + trace)));
    }

    @Test
    void theDirectoryIsNotSharedWithASecondProcess() {
        assertThat(AeroCast.run(
                        "up",
                        "--data-dir=" + directory.root(),
                        "--api-port=0",
                        "--ingest-port=0",
                        "--trainer-port=0",
                        "--drift-port=0",
                        "--broker-port=0"))
                .isEqualTo(1);
        assertThat(run("clean")).isEqualTo(1);
    }

    private static String promotedVersion() throws Exception {
        try (RunHistory history = new RunHistory(directory.root())) {
            return history.newest(100).entries().stream()
                    .map(RunHistory.Entry::run)
                    .filter(run -> run.pipeline().equals("sim") && run.verdict().equals("promoted"))
                    .map(RunSummary::version)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Span span(String trace, String service, String name) {
        return assertThat(traces.spans(trace))
                .filteredOn(
                        span -> span.service().equals(service) && span.name().equals(name))
                .singleElement()
                .actual();
    }

    private static Map<String, Integer> services() {
        Ports ports = standalone.ports();
        return Map.of("ingest", ports.ingest(), "trainer", ports.trainer(), "api", ports.api(), "drift", ports.drift());
    }

    private static String get(int port, String path, String accept) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri(port, path)).header("Accept", accept).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    private static int run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--data-dir=" + directory.root()));
        all.addAll(Arrays.asList(arguments));
        return AeroCast.run(all.toArray(String[]::new));
    }

    private static Api.Answer predict(String pipeline, double[][] rows) throws Exception {
        try (Api api =
                new Api(URI.create("http://127.0.0.1:" + standalone.ports().api()))) {
            return api.predict(pipeline, null, ModelKinds.BLEND, "test", new Lookback(rows, Instant.EPOCH));
        }
    }

    private static double[][] rows(int count, double... row) {
        double[][] rows = new double[count][];
        Arrays.setAll(rows, _ -> row.clone());
        return rows;
    }

    private static List<String> query(String sql, String pipeline) throws SQLException {
        String files = directory
                .resolve("data/processed/%s/*/*.parquet".formatted(pipeline))
                .toString();
        try (Statement statement = DriverManager.getConnection("jdbc:duckdb:").createStatement();
                ResultSet result = statement.executeQuery(sql.formatted(files))) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2));
            }
            return rows;
        }
    }
}
