package io.aerocast.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningApi.class)
class PageTest {

    private static final Pattern NEEDED = Pattern.compile("(?:(?:src|href)=\"/page/|from '\\./)([^\"']+)");

    private static Handle api;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void take(Handle handle) {
        api = handle;
    }

    @AfterEach
    void closeClient() {
        http.close();
    }

    @Test
    void isServedAtTheRoot() {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("<title>AeroCast</title>");
    }

    @ParameterizedTest
    @CsvSource({
        "page.css, text/css;charset=utf-8",
        "page.js, text/javascript;charset=utf-8",
        "icon.svg, image/svg+xml",
        "uplot.LICENSE.txt, text/plain;charset=utf-8",
    })
    void eachFileHasItsType(String name, String type) {
        HttpResponse<String> file = get("/page/" + name);

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(header(file, "Content-Type")).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/page.js", "/page/attention.js", "/page/chart.js", "/page/forecast.js"})
    void everyReferencedFileIsServed(String path) {
        List<String> needed = NEEDED.matcher(get(path).body())
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(needed)
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(get("/page/" + name).statusCode()).isEqualTo(200));
    }

    @Test
    void hasNoInlineScriptOrStyleAndNoExternalResource() {
        assertThat(get("/").body())
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContain("<style", " style=", "javascript:", "//")
                .doesNotContainPattern(" on[a-z]+=");
        List<String> scripts = List.of(
                "page.js",
                "attention.js",
                "chart.js",
                "controls.js",
                "elements.js",
                "forecast.js",
                "models.js",
                "series.js",
                "simulator.js",
                "skill.js",
                "source.js",
                "story.js",
                "words.js",
                "uplot.js");
        for (String script : scripts) {
            assertThat(get("/page/" + script).body())
                    .as(script)
                    .doesNotContain(".innerHTML", ".outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/page.js", "/latest", "/status", "/healthz", "/nowhere"})
    void everyReplyHasSecurityHeaders(String path) {
        HttpResponse<String> reply = get(path);

        assertThat(header(reply, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(reply, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(reply, "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void isCachedAndRevalidated() {
        HttpResponse<String> first = get("/page/page.css");
        String tag = header(first, "ETag");

        HttpResponse<String> second = send(api.request("/page/page.css").header("If-None-Match", tag));

        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(send(api.request("/page/page.css").header("If-None-Match", "\"other\""))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, Nothing is served at GET /nowhere",
        "/page/nothing.js, Nothing is served at GET /page/nothing.js",
        "/page/..%2fpackage-info.class, ",
        "/index.html, Nothing is served at GET /index.html",
    })
    void aMissingFileIsAProblem(String path, String detail) {
        HttpResponse<String> reply = get(path);

        assertThat(reply.statusCode()).isBetween(400, 404);
        if (detail != null) {
            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(header(reply, "Content-Type")).startsWith("application/problem+json");
            assertThat(RunningApi.JSON.readTree(reply.body()).path("detail").asString())
                    .isEqualTo(detail);
        }
    }

    @Test
    void doesNotHideTheProbesAndTheMetrics() {
        assertThat(api.get("/readyz").status()).isEqualTo(200);
        assertThat(api.get("/livez").status()).isEqualTo(200);
        assertThat(api.get("/health").status()).isEqualTo(200);
        assertThat(api.metrics()).contains("aerocast_model_info");
    }

    /// JSON carries the name unescaped: the page inserts it as text, and the content type keeps a browser from
    /// interpreting the reply as HTML.
    @Test
    void aNameThatLooksLikeHtmlIsOnlyServedAsJson() {
        String name = "<img src=x onerror=alert(1)>";
        api.publish(
                Topics.OBSERVATIONS,
                name,
                new Observation("noaa", name, Instant.parse("2013-01-01T00:00:00Z"), Map.of("temperature", 12.0)));

        await().untilAsserted(() -> assertThat(
                        RunningApi.JSON.readTree(get("/latest").body()).path("stations"))
                .extracting(station -> station.path("station").asString())
                .contains(name));
        assertThat(header(get("/latest"), "Content-Type")).startsWith("application/json");
    }

    private HttpResponse<String> get(String path) {
        return send(api.request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
