package io.aerocast.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.lake.Lake;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service on a real broker, real parquet and real fits. Each test has a pipeline and a data directory of
/// its own.
abstract class RunningTrainer {

    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    static Path shared;

    static EmbeddedBroker broker;
    static KafkaProducer<String, byte[]> producer;
    static int number;

    @TempDir
    Path directory;

    Pipeline pipeline;
    Pipeline other;
    World world;

    @Nullable
    ConfigurableApplicationContext service;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws IOException {
        broker = EmbeddedBroker.start(shared);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @BeforeEach
    void createWorld() throws Exception {
        String name = "world-" + ++number;
        Files.writeString(directory.resolve("pipelines.json"), "[%s, %s]".formatted(json(name), json(name + "-b")));
        Pipelines pipelines = Pipelines.read(directory.resolve("pipelines.json"));
        pipeline = pipelines.require(name);
        other = pipelines.require(name + "-b");
        world = new World(new Lake(directory), pipeline);
        skipEarlierSignals();
    }

    /// Steps ahead that the pipelines forecast, as JSON.
    String horizons() {
        return "[1]";
    }

    /// The features of the pipelines, as JSON.
    String features() {
        return """
                {"name": "temperature", "unit": "°C", "column": "temp", "minimum": -60, "maximum": 80,
                 "quality": {"stuck": "PT10S"}}
                """;
    }

    /// The targets of the pipelines, as JSON.
    String targets() {
        return "\"temperature\"";
    }

    private String json(String name) {
        return """
                {
                  "name": "%s",
                  "features": [%s], "targets": [%s],
                  "cadence": "PT1S", "lookback": 8, "horizons": %s,
                  "seasons": [{"period": "PT24S", "harmonics": 1}]
                }
                """.formatted(name, features(), targets(), horizons());
    }

    /// Skips the signals of earlier tests, whose pipelines the service of this test does not know.
    void skipEarlierSignals() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            if (!admin.listTopics().names().get(10, TimeUnit.SECONDS).contains(Topics.RETRAIN.name())) {
                return;
            }
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                consumer.endOffsets(partitions(consumer, Topics.RETRAIN))
                        .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
            }
            admin.alterConsumerGroupOffsets(pipeline.name(), ends).all().get(10, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stopService() {
        processes.forEach(Process::destroyForcibly);
        stop();
    }

    void start(String... arguments) {
        service = TrainerService.start(arguments(arguments).toArray(String[]::new));
    }

    /// The arguments of the service.
    List<String> arguments(String... further) {
        List<String> all = new ArrayList<>(List.of(further));
        for (String standard : standardArguments()) {
            String key = standard.substring(0, standard.indexOf('=') + 1);
            if (all.stream().noneMatch(argument -> argument.startsWith(key))) {
                all.add(standard);
            }
        }
        return all;
    }

    private List<String> standardArguments() {
        return List.of(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + broker.address(),
                "--spring.lifecycle.timeout-per-shutdown-phase=2s",
                "--aerocast.pipelines.file=" + directory.resolve("pipelines.json"),
                "--aerocast.trainer.data.directory=" + directory,
                "--aerocast.trainer.signal.group=" + pipeline.name(),
                "--aerocast.trainer.signal.flag-pipeline=" + pipeline.name(),
                "--aerocast.trainer.signal.flag-interval=100ms",
                "--aerocast.trainer.schedule.enabled=false",
                "--aerocast.trainer.schedule.interval=200ms",
                "--aerocast.trainer.schedule.tries=1",
                "--aerocast.trainer.probation.grid-times=0",
                "--aerocast.trainer.dataset.minimum-recent=100",
                "--aerocast.trainer.dataset.poll-interval=100ms",
                "--aerocast.trainer.fit.hidden=8",
                "--aerocast.trainer.fit.epochs=30",
                "--aerocast.trainer.fit.learning-rate=0.02",
                "--aerocast.trainer.fit.batch-size=32");
    }

    /// Starts the service in a separate process, which can be killed, and is at the end of the test.
    Process process(String life, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                TrainerService.class.getName()));
        command.addAll(arguments(settings));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        directory.resolve("service-%s.log".formatted(life)).toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    void stop() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    RetrainSignal signal(String id, RetrainReason reason, @Nullable Instant changedSince) {
        return signal(id, pipeline, reason, changedSince);
    }

    static RetrainSignal signal(String id, Pipeline pipeline, RetrainReason reason, @Nullable Instant changedSince) {
        return new RetrainSignal(
                id, pipeline.name(), reason, Instant.now(), "lab", null, changedSince, "a test", Map.of("ratio", 3.0));
    }

    static void send(RetrainSignal... signals) throws Exception {
        for (RetrainSignal signal : signals) {
            producer.send(new ProducerRecord<>(
                            Topics.RETRAIN.name(),
                            signal.pipeline(),
                            Topics.RETRAIN.codec().encode(signal)))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    JsonNode awaitRun(String signal) {
        return await().atMost(PATIENCE)
                .until(
                        () -> runs().stream()
                                .filter(run -> run.path("signal")
                                                .path("id")
                                                .asString("")
                                                .equals(signal)
                                        && over(run))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    static boolean over(JsonNode run) {
        return !run.path("state").asString().equals("started");
    }

    List<JsonNode> runs() throws IOException {
        Path runs = directory.resolve("runs");
        if (!Files.exists(runs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> MAPPER.readTree(file))
                    .toList();
        }
    }

    /// The outcome of a kind of model.
    static JsonNode outcome(JsonNode run, String kind) {
        return run.path("outcomes")
                .valueStream()
                .filter(outcome -> outcome.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /// All models of this test's pipeline that were published, in the order of their publication.
    List<ModelPublished> published() {
        List<ModelPublished> models = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, Topics.MODELS);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<String, byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    // Another test publishes records that cannot be read, under the keys of its own pipeline.
                    if (received.key().startsWith(pipeline.name() + "/")) {
                        ModelPublished model = Topics.MODELS.codec().decode(received.value());
                        assertThat(received.key())
                                .isEqualTo(
                                        model.feature() == null
                                                ? Topics.key(model.pipeline(), model.model())
                                                : Topics.key(model.pipeline(), model.feature(), model.model()));
                        models.add(model);
                    }
                }
            }
        }
        models.sort(java.util.Comparator.comparing(ModelPublished::publishedAt));
        return models;
    }

    /// Waits until every signal that was sent is committed.
    void awaitCommitted() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
                KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, Topics.RETRAIN);
            await().atMost(PATIENCE).untilAsserted(() -> {
                var committed = admin.listConsumerGroupOffsets(pipeline.name())
                        .partitionsToOffsetAndMetadata()
                        .get(10, TimeUnit.SECONDS);
                consumer.endOffsets(partitions).forEach((partition, end) -> {
                    long offset = committed.containsKey(partition)
                            ? committed.get(partition).offset()
                            : 0;
                    assertThat(offset).isEqualTo(end);
                });
            });
        }
    }

    static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Topic<?> topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    HttpResponse<String> post(String path, Map<String, String> body) throws Exception {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    String get(String path) throws Exception {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
