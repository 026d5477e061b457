package io.aerocast.api;

import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelCard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running service with real HTTP and a real broker; all test classes with this extension share it.
public final class RunningApi implements ParameterResolver {

    public static final JsonMapper JSON = JsonMapper.shared();

    private static final Object KEY = new Object();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Handle.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningApi.class))
                .computeIfAbsent(KEY, _ -> Handle.start(), Handle.class);
    }

    /// A JSON reply.
    ///
    /// @param type its media type
    public record Reply(int status, String type, JsonNode body) {

        public String text(String field) {
            return body.path(field).stringValue("");
        }

        public double number(String field) {
            return body.path(field).doubleValue(Double.NaN);
        }
    }

    /// A running service, its broker, and clients of both.
    public static final class Handle implements AutoCloseable {

        private final Path directory;
        private final EmbeddedBroker broker;
        private final TestRecords records;
        private final HttpClient http = HttpClient.newHttpClient();
        private final ConfigurableApplicationContext service;

        private Handle(Path directory, EmbeddedBroker broker) {
            this.directory = directory;
            this.broker = broker;
            this.records = new TestRecords(broker.address());
            this.service = startService(broker.address());
            await().atMost(Duration.ofSeconds(30)).until(() -> get("/readyz").status() == 200);
        }

        static Handle start() {
            try {
                Path directory = Files.createTempDirectory("api");
                return new Handle(directory, EmbeddedBroker.start(directory));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /// A bean of the service.
        public <T> T bean(Class<T> type) {
            return service.getBean(type);
        }

        /// Another replica with the same broker.
        public ConfigurableApplicationContext replica(String... arguments) {
            return startService(broker.address(), arguments);
        }

        public Reply post(String path, String json) {
            return post(path, BodyPublishers.ofString(json));
        }

        public Reply post(String path, BodyPublisher body) {
            return send(request(path).header("Content-Type", "application/json").POST(body));
        }

        public Reply get(String path) {
            return send(request(path));
        }

        public HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(uri(service, path)).timeout(Duration.ofSeconds(30));
        }

        public Reply send(HttpRequest.Builder request) {
            return RunningApi.send(http, request);
        }

        public String metrics() {
            return fetch(http, request("/metrics")).body();
        }

        /// The metrics in the OpenMetrics format, with exemplars.
        public String openMetrics() {
            return fetch(http, request("/metrics").header("Accept", "application/openmetrics-text; version=1.0.0"))
                    .body();
        }

        /// Publishes an event and waits for the acknowledgement.
        public <T> void publish(Topic<T> topic, String key, T event) {
            records.publish(topic.name(), key, topic.codec().encode(event));
        }

        /// Publishes a model and waits until it serves.
        public void serve(ForecastModel model) {
            ModelCard card = model.card();
            publish(
                    Topics.MODELS,
                    Topics.key(card.pipeline(), card.target(), card.model()),
                    TestModels.published(model));
            await().until(() ->
                    served(card.pipeline(), card.target(), card.model()).equals(card.version()));
        }

        /// The version that serves; empty without one.
        public String served(String pipeline, String feature, String kind) {
            return get("/healthz")
                    .body()
                    .at("/models/%s/%s/%s".formatted(pipeline, feature, kind))
                    .stringValue("");
        }

        /// Publishes bytes and waits for the acknowledgement.
        public void publish(String topic, String key, byte @Nullable [] value) {
            records.publish(topic, key, value);
        }

        /// All events of a topic now.
        public <T> List<T> events(Topic<T> topic) {
            return records.events(topic);
        }

        /// Changes a topic's configuration.
        public void configure(Topic<?> topic, String key, String value) {
            records.configure(topic, key, value);
        }

        @Override
        public void close() {
            service.close();
            http.close();
            records.close();
            broker.close();
            FileSystemUtils.deleteRecursively(directory.toFile());
        }
    }

    /// Starts the service on a free port, with the pipelines of the tests.
    public static ConfigurableApplicationContext startService(String brokers, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--spring.kafka.producer.properties.max.block.ms=1000",
                "--aerocast.pipelines.file=" + TestModels.PIPELINES_FILE,
                "--aerocast.topics.retry-interval=200ms"));
        all.addAll(List.of(arguments));
        return ApiService.start(all.toArray(String[]::new));
    }

    private static URI uri(ConfigurableApplicationContext service, String path) {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    /// A reply of another service than the shared one.
    public static Reply get(ConfigurableApplicationContext service, String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return send(http, HttpRequest.newBuilder(uri(service, path)));
        }
    }

    /// A reply of another service than the shared one.
    public static Reply post(ConfigurableApplicationContext service, String path, String json) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return send(
                    http,
                    HttpRequest.newBuilder(uri(service, path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json)));
        }
    }

    /// A report to `POST /eval` of another service than the shared one.
    public static HttpRequest report(ConfigurableApplicationContext service, String json) {
        return HttpRequest.newBuilder(uri(service, "/eval"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private static Reply send(HttpClient http, HttpRequest.Builder request) {
        HttpResponse<String> response = fetch(http, request);
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Reply(
                response.statusCode(),
                type,
                type.contains("json") ? JSON.readTree(response.body()) : JSON.createObjectNode());
    }

    private static HttpResponse<String> fetch(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
