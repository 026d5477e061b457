package io.aerocast.api.feed;

import io.aerocast.api.RunningApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A client of `GET /v1/events` that reads until it is closed.
final class Listener implements AutoCloseable {

    /// An event, or a comment: then its name is empty.
    record Received(String name, String id, JsonNode data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Thread reader;

    Listener(HttpRequest.Builder request) throws IOException, InterruptedException {
        response = http.send(request.build(), BodyHandlers.ofInputStream());
        reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (Scanner events = new Scanner(response.body(), StandardCharsets.UTF_8).useDelimiter("\n\n")) {
            while (events.hasNext()) {
                received.add(parse(events.next()));
            }
        }
    }

    private static Received parse(String event) {
        String name = "";
        String id = "";
        JsonNode data = RunningApi.JSON.createObjectNode();
        for (String line : event.split("\n")) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, line.indexOf(':'))) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data = RunningApi.JSON.readTree(value);
                default -> {}
            }
        }
        return new Received(name, id, data);
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    List<Received> received() {
        return received;
    }

    /// The events of a name so far.
    List<Received> all(String name) {
        return received.stream().filter(event -> event.name().equals(name)).toList();
    }

    /// The first event of a name that fulfils a condition, as soon as it has arrived.
    Received await(String name, Predicate<JsonNode> condition) {
        await().until(() -> all(name).stream().anyMatch(event -> condition.test(event.data())));
        return all(name).stream()
                .filter(event -> condition.test(event.data()))
                .findFirst()
                .orElseThrow();
    }

    /// Once the server has ended the stream.
    void awaitEnd() throws InterruptedException {
        reader.join();
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
