package io.aerocast.ingest.noaa;

import io.aerocast.ingest.noaa.Answer.Records;
import io.aerocast.ingest.noaa.Answer.Refused;
import io.aerocast.ingest.noaa.Answer.Unchanged;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// HTTP client for the records of a station.
final class NoaaClient implements AutoCloseable {

    /// Bytes; 500 records take about 1.5 MB.
    private static final long LONGEST_BODY = 16 * 1024 * 1024;

    private static final int LONGEST_DETAIL = 200;

    private final URI url;
    private final String userAgent;
    private final Duration timeout;
    private final HttpClient http;

    NoaaClient(URI url, String userAgent, Duration timeout) {
        this.url = url;
        this.userAgent = userAgent;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /// Requests the newest records of a station.
    ///
    /// @param limit maximum number of records
    /// @param modifiedSince the `Last-Modified` of the previous answer to the same request, or `null`
    Answer request(String station, int limit, @Nullable String modifiedSince) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        url.resolve("/stations/%s/observations?limit=%d".formatted(station, limit)))
                .timeout(timeout)
                .header("User-Agent", userAgent)
                .header("Accept", "application/geo+json");
        if (modifiedSince != null) {
            request.header("If-Modified-Since", modifiedSince);
        }
        try {
            return answer(http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_BODY)));
        } catch (IOException e) {
            return new Refused("expected an answer of %s, found %s".formatted(url, e), null);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 ->
                new Records(
                        response.body(),
                        response.headers().firstValue("Last-Modified").orElse(null));
            case 304 -> new Unchanged();
            default ->
                new Refused(
                        "expected records, found status %d: %s"
                                .formatted(response.statusCode(), detail(response.body())),
                        retryAfter(response).orElse(null));
        };
    }

    private static String detail(byte[] body) {
        String text =
                new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        return text.substring(0, Math.min(text.length(), LONGEST_DETAIL));
    }

    /// Only a number of seconds is supported; a date is ignored.
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
