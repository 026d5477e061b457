package io.aerocast.system.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.aerocast.standalone.runtime.Service;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Generates requests that are wrong in one to four places: a valid request to an endpoint of a service, of which the
/// method, path, query, version, headers, body or single bytes are replaced. Equal seeds give equal requests.
final class HostileRequests {

    private static final int MOST_FAULTS = 4;

    /// An endpoint, with a request that is valid or nearly so.
    private record Endpoint(String method, String path, String body) {}

    private static final String ROWS = IntStream.range(0, 24)
            .mapToObj(i -> "[%d.5,3.1,1013.2]".formatted(15 + i % 5))
            .collect(Collectors.joining(",", "[", "]"));

    private static final List<Endpoint> SHARED = List.of(
            new Endpoint("GET", "/healthz", ""),
            new Endpoint("GET", "/readyz", ""),
            new Endpoint("GET", "/livez", ""),
            new Endpoint("GET", "/health", ""),
            new Endpoint("GET", "/health/readiness", ""),
            new Endpoint("GET", "/metrics?includedNames=aerocast_topics_ready", ""),
            new Endpoint("GET", "/error", ""));

    private static final Map<Service, List<Endpoint>> OWN = Map.of(
            Service.INGEST,
            List.of(),
            Service.API,
            List.of(
                    new Endpoint("POST", "/predict", "{\"sequence\":%s,\"horizon\":6}".formatted(ROWS)),
                    new Endpoint("POST", "/predict", "{\"sequence\":[20.5,20.6],\"pipeline\":\"sim\"}"),
                    new Endpoint(
                            "POST",
                            "/predict",
                            "{\"sequence\":%s,\"model\":\"seasonal\",\"station\":\"KJFK\",\"ts\":\"2013-07-01T11:51:00Z\"}"
                                    .formatted(ROWS)),
                    new Endpoint(
                            "POST",
                            "/eval",
                            "{\"predicted\":21.2,\"actual\":20.9,\"pipeline\":\"sim\",\"model\":\"gru\",\"horizon\":1}"),
                    new Endpoint(
                            "POST",
                            "/eval",
                            "{\"predicted\":2,\"actual\":1,\"pipeline\":\"sim\",\"station\":\"SIM-1\",\"forecastId\":\"a/b\"}"),
                    new Endpoint("POST", "/routine-retrain-check?pipeline=sim", ""),
                    new Endpoint("POST", "/routine-retrain-check", "{\"pipeline\":\"noaa\"}"),
                    new Endpoint("GET", "/latest?pipeline=sim&station=SIM-1&feature=temperature&model=all", ""),
                    new Endpoint("GET", "/status", ""),
                    new Endpoint("GET", "/", ""),
                    new Endpoint("GET", "/page/page.js", "")),
            Service.TRAINER,
            List.of(
                    new Endpoint(
                            "POST",
                            "/rollback",
                            "{\"pipeline\":\"sim\",\"feature\":\"temperature\",\"model\":\"gru\"}"),
                    new Endpoint(
                            "POST",
                            "/rollback",
                            "{\"pipeline\":\"noaa\",\"model\":\"gru\",\"version\":\"v\",\"note\":\"n\"}"),
                    new Endpoint("POST", "/cancel", "{\"run\":\"schedule-sim-1\",\"note\":\"fuzz\"}"),
                    new Endpoint("POST", "/cancel", "{\"pipeline\":\"sim\",\"feature\":\"temperature\"}"),
                    new Endpoint("GET", "/lineage?version=20261123T082617Z-02f1f95", ""),
                    new Endpoint("GET", "/lineage?forecast=noaa/KJFK/temperature/gru/v/2013-07-01T12:00:00Z/6", "")),
            Service.DRIFT,
            List.of(new Endpoint("GET", "/drift?pipeline=sim&station=SIM-1", "")));

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "",
            "G@T",
            "M".repeat(9_000));

    private static final List<String> VERSIONS = List.of(
            "HTTP/1.0",
            "HTTP/0.9",
            "HTTP/1.2",
            "HTTP/2.0",
            "HTTP/9.9",
            "HTTP/",
            "http/1.1",
            "HTTPS/1.1",
            "",
            "HTTP/1.1 x");

    /// Text where a path, a parameter or a header expects another one.
    private static final List<String> TEXTS = List.of(
            "%",
            "%00",
            "%zz",
            "%c0%af",
            "%2f",
            "%2e%2e%2f",
            "%25",
            "%ff",
            "%u0041",
            "+",
            "&",
            "=",
            "?",
            "#",
            ";",
            ";a=b",
            "//",
            "/..",
            "/./",
            "\\",
            "..;/",
            "|",
            "{}",
            "[",
            "<script>",
            "\"",
            "'",
            "`",
            "\u0000",
            "\t",
            "\u007f",
            "\u00ff",
            "\u00c3\u00a9",
            "\u00f0\u009f\u0098\u0080",
            "${jndi:ldap://localhost/a}",
            "#{1+1}",
            "*",
            "~",
            "null",
            "NaN",
            "-1",
            "1e999",
            "a".repeat(300),
            "a".repeat(9_000));

    private static final List<String> HEADERS = List.of(
            "Accept:",
            "Accept: ,",
            "Accept: ///",
            "Accept: */*;q=2",
            "Accept: application/yaml",
            "Accept: image/png",
            "Accept: text/html",
            "Accept: application/xml",
            "Accept: application/cbor",
            "Accept: text/event-stream",
            "Accept: application/openmetrics-text; version=1.0.0",
            "Accept: text/plain;version=99",
            "Accept: a/b;c=\"",
            "Accept: application/json;charset=klingon",
            "Accept: application/vnd.spring-boot.actuator.v3+json",
            "Accept: application/json, application/problem+json;q=0.1",
            "Accept-Charset: klingon",
            "Accept-Language: \u00ff",
            "Accept-Encoding: gzip;q=x",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=b",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: text/plain",
            "Content-Type: ///",
            "Content-Type:",
            "Content-Type: application/yaml",
            "Content-Type: application/octet-stream",
            "Content-Type: application/json;charset=utf-16",
            "Content-Type: application/json;charset=klingon",
            "Content-Encoding: gzip",
            "Content-Encoding: identity",
            "Content-Encoding: br, gzip",
            "Content-Length: 0",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: 3",
            "Content-Length: a",
            "Content-Length: 2147483647",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: snail",
            "Expect: 100-continue",
            "Expect: a-miracle",
            "Host:",
            "Host: a b",
            "Host: localhost:99999",
            "Host: [::1",
            "Host: \u00ff",
            "Host: example.org",
            "Range: bytes=0-1",
            "Range: bytes=9-1,-",
            "If-None-Match: *",
            "If-None-Match: \"\u00ff",
            "If-Match: \"x\"",
            "If-Modified-Since: now",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "Origin: null",
            "Origin: http://evil.example",
            "Access-Control-Request-Method: PUT",
            "Connection: upgrade",
            "Upgrade: h2c",
            "Upgrade: websocket",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Cookie: a",
            "Cookie: JSESSIONID=" + "x".repeat(500),
            "Cookie: =;;=,\"",
            "Authorization: Bearer " + "x".repeat(2_000),
            "Authorization: Basic !!!",
            "Forwarded: for=\"",
            "X-Forwarded-For: x",
            "X-Forwarded-Proto: gopher",
            "X-Forwarded-Host: a/b",
            "X-Forwarded-Port: -1",
            "X-HTTP-Method-Override: DELETE",
            "X-Request-Id:",
            "X-Request-Id: a b\u00ff",
            "X-Request-Id: " + "x".repeat(300),
            "traceparent: 00-0-0-0",
            "traceparent: \u00ff",
            "Referer: \u00ff",
            "User-Agent: ${jndi:ldap://localhost/a}",
            ": no name",
            "no colon",
            "a b: c",
            "X: \u0000",
            "X: \u0001",
            " folded: line",
            "X-Large: " + "x".repeat(9_000));

    /// JSON where another one is expected.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"x\"",
            "-0",
            "1",
            "-1",
            "0.1",
            "1e400",
            "-1e400",
            "1e-400",
            "NaN",
            "-Infinity",
            "1".repeat(310),
            "-" + "9".repeat(400),
            "0." + "3".repeat(2_000),
            "1".repeat(1_100),
            "1e99999999999",
            "1E+",
            "2147483648",
            "9223372036854775808",
            "[[]]",
            "[null]",
            "[[1,2,3],[1,2]]",
            "[\"1\"]",
            "[1,[2]]",
            "{\"a\":{}}",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\x\"",
            "\"\u00ff\"",
            "\"\u00c3\"",
            "\"\u00f0\u009f\u0098\u0080\"",
            "'a'",
            "// a",
            "\"2013-07-01\"",
            "\"2013-13-01T00:00:00Z\"",
            "\"+1000000000-01-01T00:00:00Z\"",
            "\"../../x\"",
            "\"%\"",
            "\"" + "x".repeat(200) + "\"",
            "\"" + "y".repeat(70_000) + "\"",
            "[".repeat(1_200),
            "{\"a\":".repeat(1_200),
            "[" + "1,".repeat(20_000) + "1]",
            "[" + "[1,2,3],".repeat(5_000) + "[1,2,3]]");

    private final Random random;
    private final Service service;

    private String method = "";
    private String path = "";
    private String version = "HTTP/1.1";
    private final List<String> headers = new ArrayList<>();
    private String body = "";
    private boolean chunked;

    private HostileRequests(Service service, long seed) {
        this.service = service;
        this.random = new Random(seed);
    }

    /// A request as it is sent.
    static byte[] request(Service service, long seed) {
        return new HostileRequests(service, seed).next();
    }

    private byte[] next() {
        List<Endpoint> own = OWN.getOrDefault(service, List.of());
        Endpoint endpoint = own.isEmpty() || random.nextInt(4) == 0 ? one(SHARED) : one(own);
        method = endpoint.method();
        path = endpoint.path();
        body = endpoint.body();
        headers.add("Host: localhost");
        if (!body.isEmpty()) {
            headers.add("Content-Type: application/json");
        }
        int faults = 1 + random.nextInt(MOST_FAULTS);
        for (int i = 0; i < faults; i++) {
            spoil();
        }
        return random.nextInt(20) == 0 ? flipped(bytes()) : bytes();
    }

    private void spoil() {
        switch (random.nextInt(12)) {
            case 0 -> method = one(METHODS);
            case 1 -> path = inserted(path, one(TEXTS));
            case 2 -> path = path + (path.contains("?") ? "&" : "?") + one(TEXTS) + "=" + one(TEXTS);
            case 3 -> path = parameter();
            case 4 -> version = random.nextInt(4) == 0 ? one(VERSIONS) : version;
            case 5, 6 -> headers.add(random.nextInt(headers.size() + 1), one(HEADERS));
            case 7 -> many();
            case 8 -> chunked = true;
            case 9 -> body = random.nextInt(3) == 0 ? one(VALUES) : inserted(body, one(VALUES));
            default -> body = value();
        }
    }

    /// Replaces the value of a parameter.
    private String parameter() {
        int equals = path.indexOf('=', random.nextInt(path.length()));
        int end = path.indexOf('&', Math.max(0, equals));
        return equals < 0
                ? "/" + one(TEXTS)
                : path.substring(0, equals + 1) + one(TEXTS) + (end < 0 ? "" : path.substring(end));
    }

    /// Replaces a value of the body, or its first field by another.
    private String value() {
        int colon = body.indexOf(':', random.nextInt(body.length() + 1));
        if (colon < 0) {
            return body.isEmpty()
                    ? "{\"pipeline\":%s}".formatted(one(VALUES))
                    : body.replaceFirst("\"[a-z]+\"", "\"z\"");
        }
        int end = colon + 1;
        while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) {
            end++;
        }
        return body.substring(0, colon + 1) + one(VALUES) + body.substring(end);
    }

    /// Too many of something.
    private void many() {
        int count = 50 + random.nextInt(400);
        switch (random.nextInt(4)) {
            case 0 -> headers.add("Cookie: " + "a=b; ".repeat(count));
            case 1 -> IntStream.range(0, count).forEach(i -> headers.add("X-%d: %d".formatted(i, i)));
            case 2 -> path += (path.contains("?") ? "&" : "?") + "a=1&".repeat(count * 3);
            default -> path += "/x".repeat(count);
        }
    }

    private byte[] bytes() {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path);
        head.append(version.isEmpty() ? "" : " ").append(version).append("\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] content = body.getBytes(random.nextInt(10) == 0 ? UTF_8 : ISO_8859_1);
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            out.writeBytes(head.toString().getBytes(ISO_8859_1));
            out.writeBytes(chunks(content));
        } else {
            if (content.length > 0 && random.nextInt(30) != 0) {
                head.append("Content-Length: ")
                        .append(content.length + length())
                        .append("\r\n");
            }
            head.append("\r\n");
            out.writeBytes(head.toString().getBytes(ISO_8859_1));
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    /// Seldom a length that is wrong.
    private int length() {
        return random.nextInt(20) == 0 ? random.nextInt(3) - 1 : 0;
    }

    /// Seldom chunks that are malformed or end too soon.
    private byte[] chunks(byte[] content) {
        String size = random.nextInt(5) == 0
                ? one(List.of("zz", "-1", "ffffffffff", "", "7fffffff", "1;ext=\"", "0x5"))
                : Integer.toHexString(content.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (content.length > 0) {
            out.writeBytes((size + "\r\n").getBytes(ISO_8859_1));
            out.writeBytes(content);
            out.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        if (random.nextInt(10) != 0) {
            String trailer = random.nextInt(5) == 0 ? one(HEADERS) + "\r\n" : "";
            out.writeBytes(("0\r\n" + trailer + "\r\n").getBytes(ISO_8859_1));
        }
        return out.toByteArray();
    }

    /// Changes single bytes, or cuts the request off.
    private byte[] flipped(byte[] request) {
        if (random.nextInt(3) == 0) {
            byte[] cut = new byte[random.nextInt(request.length)];
            System.arraycopy(request, 0, cut, 0, cut.length);
            return cut;
        }
        for (int i = 0; i <= random.nextInt(8); i++) {
            request[random.nextInt(request.length)] = (byte) random.nextInt(256);
        }
        return request;
    }

    private String inserted(String text, String part) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + part + text.substring(at);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
