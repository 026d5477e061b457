package io.aerocast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aerocast.event.DeadLetter;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipelines;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The surroundings of a service under test: the broker's address, a data directory, and independent readers.
record Bench(String brokers, Path data) {

    static final Duration TIMEOUT = Duration.ofSeconds(60);

    ConfigurableApplicationContext start(String... arguments) {
        return IngestService.start(arguments(arguments).toArray(String[]::new));
    }

    List<String> arguments(String... further) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0", "--spring.kafka.bootstrap-servers=" + brokers, "--AEROCAST_DATA_DIR=" + data));
        all.addAll(Arrays.asList(further));
        if (all.stream().noneMatch(argument -> argument.contains("max-open"))) {
            all.add("--aerocast.ingest.landing.max-open=200ms");
        }
        return all;
    }

    Lake lake() {
        return new Lake(data);
    }

    List<LandedObservation> landed(String pipeline) {
        return lake().observations(Pipelines.builtIn().require(pipeline)).toList();
    }

    void awaitLanded(String pipeline, long rows) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(landed(pipeline)).hasSizeGreaterThanOrEqualTo((int) rows));
    }

    RecordMetadata put(@Nullable String key, byte @Nullable [] value) throws Exception {
        return putAll(List.of(new ProducerRecord<>(Topics.OBSERVATIONS.name(), key, value)))
                .getFirst();
    }

    List<RecordMetadata> putAll(List<ProducerRecord<String, byte[]>> records) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer())) {
            var sent = records.stream().map(producer::send).toList();
            List<RecordMetadata> metadata = new ArrayList<>();
            for (var future : sent) {
                metadata.add(future.get());
            }
            return metadata;
        }
    }

    static ProducerRecord<String, byte[]> record(Observation observation) {
        return new ProducerRecord<>(
                Topics.OBSERVATIONS.name(),
                observation.station(),
                Topics.OBSERVATIONS.codec().encode(observation));
    }

    static Observation sim(String station, long second, double temperature) {
        Instant ts = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(second);
        return new Observation("sim", station, ts, Map.of("temperature", temperature));
    }

    /// All records of a topic.
    List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return read(Topics.DEAD_LETTERS);
    }

    static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static String origin(ConsumerRecord<String, byte[]> letter) {
        return header(letter, DeadLetter.ORIGIN);
    }

    /// Sum of the offsets that the landers' group has committed, over all partitions.
    long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return admin
                    .listConsumerGroupOffsets("aerocast-ingest-landing")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    /// The broker's identifier of the observations topic.
    String topicId() throws Exception {
        String topic = Topics.OBSERVATIONS.name();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .topicId()
                    .toString();
        }
    }

    /// The result of a DuckDB query, a single number, over a pipeline's files.
    long query(String expression, String pipeline) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery("SELECT %s FROM '%s/*/*.parquet'"
                        .formatted(expression, lake().directory().resolve(pipeline)))) {
            row.next();
            return row.getLong(1);
        }
    }

    static String get(ConfigurableApplicationContext service, String path) throws Exception {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    static HttpResponse<String> post(ConfigurableApplicationContext service, String path, String json)
            throws Exception {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
