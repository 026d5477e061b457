package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.aerocast.standalone.AeroCast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The commands that ask a running service, with a service that gives a fixed reply.
class ServiceCommandsTest {

    private final PrintStream standardOutput = System.out;
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> requests = new ArrayList<>();
    private HttpServer service;
    private int status = 200;
    private String reply = "{}";

    @BeforeEach
    void start() throws IOException {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add("%s %s %s"
                    .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body)
                    .strip());
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        System.setOut(standardOutput);
        System.setErr(standardError);
    }

    @Test
    void cancelSelectsARunByItsId() {
        reply = "{\"cancelled\": [{\"run\": \"s1\", \"pipeline\": \"sim\"}]}";

        assertThat(AeroCast.run("cancel", "s1", "--note=no data", trainer())).isZero();

        assertThat(requests).containsExactly("POST /cancel {\"run\":\"s1\",\"note\":\"no data\"}");
        assertThat(err()).contains("cancelled", "s1   sim");
        assertThat(out()).isEmpty();
    }

    @Test
    void cancelSelectsTheRunsOfAFeature() {
        reply = "{\"cancelled\":[]}";

        assertThat(AeroCast.run("cancel", "--pipeline=noaa", "--feature=pressure", "--json", trainer()))
                .isZero();

        assertThat(requests).containsExactly("POST /cancel {\"pipeline\":\"noaa\",\"feature\":\"pressure\"}");
        assertThat(out()).isEqualToIgnoringNewLines("{\"cancelled\":[]}");
    }

    @Test
    void lineageAsksForAForecastByItsId() {
        reply = "{\"model\": {\"kind\": \"gru\", \"version\": \"v7\"}}";

        assertThat(AeroCast.run("lineage", "sim/SIM-1/temperature/gru/v7/2020-01-01T00:00:00Z/1", trainer()))
                .isZero();

        assertThat(requests)
                .containsExactly(
                        "GET /lineage?forecast=sim%2FSIM-1%2Ftemperature%2Fgru%2Fv7%2F2020-01-01T00%3A00%3A00Z%2F1");
        assertThat(out().lines()).containsExactly("model", "  kind     gru", "  version  v7");
    }

    @Test
    void lineageAsksForAVersion() {
        assertThat(AeroCast.run("lineage", "20260101T000000Z-abc1234", "--json", trainer()))
                .isZero();

        assertThat(requests).containsExactly("GET /lineage?version=20260101T000000Z-abc1234");
    }

    @Test
    void anErrorOfTheServiceIsPrintedAndTheExitCodeIsOne() {
        status = 404;
        reply = "{\"detail\": \"no model of version 'x' is known\"}";

        assertThat(AeroCast.run("lineage", "x", trainer())).isEqualTo(1);

        assertThat(err())
                .contains("aerocast: Cannot show the lineage: GET /lineage gave 404: no model of version 'x' is known");
    }

    @Test
    void driftFiltersByPipelineAndStation() {
        assertThat(AeroCast.run("drift", "--pipeline=noaa", "--station=K JFK", "--json", drift()))
                .isZero();
        assertThat(AeroCast.run("drift", "--json", drift())).isZero();

        assertThat(requests).containsExactly("GET /drift?pipeline=noaa&station=K+JFK", "GET /drift");
    }

    @Test
    void driftShowsTheEvidenceOfEachTestAsNumbers() {
        reply = """
                {"stations": [{"pipeline": "noaa", "station": "KJFK", "features": [
                  {"feature": "temperature", "state": "calm", "evidence": [
                    {"test": "cusum", "model": "blend", "horizon": 24, "statistic": 12.3456, "threshold": 48.0,
                     "detail": "errors of 24 h"}]},
                  {"feature": "pressure", "state": "sensor-fault", "fault": "stuck",
                   "since": "2013-05-01T00:00:00Z", "reason": "12 equal readings", "evidence": [
                    {"test": "stuck", "threshold": 12, "detail": "-"}]}]}]}
                """;

        assertThat(AeroCast.run("drift", drift())).isZero();

        assertThat(out().lines())
                .containsExactly(
                        "noaa KJFK",
                        "  temperature: calm",
                        "  pressure: sensor-fault (stuck) since 2013-05-01T00:00:00Z: 12 equal readings",
                        "  feature      test   model  ahead  statistic  decides at  detail",
                        "  temperature  cusum  blend     24      12.35       48.00  errors of 24 h",
                        "  pressure     stuck  -          -          -          12  -");
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        service.stop(0);

        assertThat(AeroCast.run("drift", drift())).isEqualTo(1);

        assertThat(err()).contains("aerocast: Cannot show the drift: no service answers at http://127.0.0.1:");
    }

    private String trainer() {
        return "--trainer=" + url();
    }

    private String drift() {
        return "--drift=" + url();
    }

    private String url() {
        return "http://127.0.0.1:%d".formatted(service.getAddress().getPort());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
