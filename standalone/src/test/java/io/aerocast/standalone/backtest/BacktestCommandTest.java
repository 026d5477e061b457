package io.aerocast.standalone.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aerocast.standalone.AeroCast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BacktestCommandTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path csv;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>(List.of("station,ts,temperature"));
        double anomaly = 0;
        for (int step = 0; step < 800; step++) {
            anomaly = 0.8 * anomaly + random.nextGaussian();
            double value = 15 + 6 * Math.sin(2 * Math.PI * step / 24) + anomaly;
            lines.add(String.format(Locale.ROOT, "SIM-1,%s,%.3f", START.plusSeconds(step), value));
        }
        lines.add("SIM-1,yesterday,20");
        lines.add("SIM-1,2026-01-01T01:00:00Z,999");
        csv = Files.write(directory.resolve("sim.csv"), lines);
    }

    @Test
    void printsATableOfEveryForecaster() throws Exception {
        Result result = run("backtest", csv.toString(), "--pipeline", "sim", "--model", "seasonal", "--folds", "2");

        assertThat(result.exit).isZero();
        assertThat(result.out)
                .contains("sim.csv: 800 observations of sim")
                .contains("Forecasts of the temperature in °C")
                .contains("2 left out: sim.csv:802: expected a time such as 2013-01-01T06:00:00Z, found 'yesterday'")
                .contains("temperature 999.0 is outside -60.0..80.0 °C")
                .contains("fold 2: fitted on")
                .containsPattern("(?m)^ +1  blend +200 +0\\.\\d{3} .* %")
                .containsPattern("(?m)^ +seasonal +200 +0\\.\\d{3} .* %")
                .containsPattern("(?m)^ +persistence +200 ")
                .containsPattern("mean weights of the blend, 1 ahead: seasonal \\d+ %, persistence \\d+ %");
    }

    @Test
    void printsTheSameAsJson() throws Exception {
        Result result = run("backtest", csv.toString(), "--pipeline", "sim", "--model", "seasonal", "--json");

        assertThat(result.exit).isZero();
        assertThat(result.out.lines()).hasSize(1);
        JsonNode json = new JsonMapper().readTree(result.out);
        assertThat(json.at("/observations").intValue()).isEqualTo(800);
        assertThat(json.at("/leftOut").intValue()).isEqualTo(2);
        assertThat(json.at("/season").intValue()).isEqualTo(24);
        assertThat(json.at("/folds/0/testFrom").asString()).isEqualTo("2026-01-01T00:09:59Z");
        assertThat(json.at("/forecasters").propertyNames())
                .containsExactly("blend", "seasonal", "persistence", "seasonal-naive");
        assertThat(json.at("/targets")).hasSize(1);
        assertThat(json.at("/targets/0/forecasters")).isEqualTo(json.at("/forecasters"));
        assertThat(json.at("/weights/seasonal/0").doubleValue()
                        + json.at("/weights/persistence/0").doubleValue())
                .isCloseTo(1, within(1e-9));
        JsonNode score = json.at("/forecasters/seasonal/0");
        assertThat(score.at("/horizon").intValue()).isOne();
        assertThat(score.at("/skill").doubleValue()).isPositive();
        assertThat(score.at("/coverage").doubleValue()).isBetween(0.5, 1.0);
        assertThat(json.at("/forecasters/persistence/0").has("coverage")).isFalse();
    }

    @Test
    void writesASelfContainedPage() throws Exception {
        Path page = directory.resolve("report.html");

        Result result = run(
                "backtest", csv.toString(), "--pipeline", "sim", "--model", "seasonal", "--report", page.toString());

        assertThat(result.exit).isZero();
        String html = Files.readString(page);
        assertThat(html)
                .contains("Error by horizon", "Coverage of the intervals", "Residuals")
                .doesNotContain("<script");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "src=", "NaN", "null");
        List<String> plots = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(match -> match.group())
                .toList();
        assertThat(plots).hasSizeGreaterThanOrEqualTo(6);
        for (String plot : plots) {
            // Throws if the plot is not well-formed.
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new java.io.StringReader(plot)));
        }
    }

    @Test
    void printsTheResultEvenIfTheReportCannotBeWritten() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device that is always full");

        Result result = run(
                "backtest", csv.toString(), "--pipeline", "sim", "--model", "seasonal", "--report", full.toString());

        assertThat(result.exit).isOne();
        assertThat(result.out).contains("sim.csv: 800 observations of sim");
    }

    @Test
    void readsParquet() throws Exception {
        Path parquet = directory.resolve("sim.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT station, ts::TIMESTAMP AS ts, temperature FROM read_csv('%s', types={'ts': 'VARCHAR'}) WHERE ts <> 'yesterday') TO '%s'"
                            .formatted(csv, parquet));
        }

        Result result = run("backtest", parquet.toString(), "--pipeline", "sim", "--model", "seasonal", "--json");

        assertThat(result.exit).isZero();
        assertThat(new JsonMapper().readTree(result.out).at("/observations").intValue())
                .isEqualTo(800);
    }

    @Test
    void refusesWrongArguments() throws Exception {
        assertThat(run("backtest", directory.resolve("none.csv").toString()).exit)
                .isOne();
        // The default pipeline is noaa, whose files have other columns and an hourly cadence.
        assertThat(run("backtest", csv.toString(), "--model", "seasonal").exit).isOne();
        assertThat(run("backtest", csv.toString(), "--model", "prophet").exit).isEqualTo(2);
        assertThat(run("backtest", csv.toString(), "--model", "blend").exit).isEqualTo(2);
        assertThat(run("backtest", csv.toString(), "--feature", "sunshine").exit)
                .isEqualTo(2);
        assertThat(run("backtest", csv.toString(), "--folds", "0").exit).isEqualTo(2);
        assertThat(run("backtest", csv.toString(), "--report", "/nowhere/at/all.html").exit)
                .isEqualTo(2);
        assertThat(run("backtest", csv.toString(), "--report", directory.toString()).exit)
                .isEqualTo(2);
        assertThat(run("backtest").exit).isEqualTo(2);
    }

    private record Result(int exit, String out) {}

    private static Result run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return new Result(AeroCast.run(arguments), out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }
}
