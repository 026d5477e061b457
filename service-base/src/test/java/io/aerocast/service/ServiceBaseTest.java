package io.aerocast.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

class ServiceBaseTest {

    @SpringBootApplication
    @Import(ServiceBase.class)
    static class Service {}

    @Test
    void startsWithoutABrokerReportsItAndRecovers(@TempDir Path directory) throws Exception {
        int port = freePort();
        try (ConfigurableApplicationContext service = start(port)) {
            assertThat(get(service, "/healthz")).contains("\"ok\":false", "\"broker\":\"away\"");
            assertThat(get(service, "/readyz")).contains("OUT_OF_SERVICE");
            assertThat(get(service, "/livez")).contains("UP");
            EventPublisher events = service.getBean(EventPublisher.class);
            RetrainSignal signal = new RetrainSignal(
                    "1", "sim", RetrainReason.MANUAL, Instant.EPOCH, null, null, null, "test", Map.of());
            assertThatThrownBy(
                            () -> events.publish(Topics.RETRAIN, "sim", signal).get())
                    .isInstanceOf(ExecutionException.class);

            try (EmbeddedBroker _ = EmbeddedBroker.start(directory, port)) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(
                                () -> assertThat(get(service, "/healthz")).contains("\"broker\":\"connected\""));
                // The producer may still wait before its next attempt to connect.
                await().ignoreExceptions()
                        .until(() -> events.publish(Topics.RETRAIN, "sim", signal)
                                .get()
                                .hasOffset());
                assertThat(get(service, "/metrics"))
                        .contains("aerocast_topics_ready 1.0")
                        .contains("aerocast_events_published_total{outcome=\"failed\",topic=\"aerocast.retrain.v1\"}")
                        .contains(
                                "aerocast_events_published_total{outcome=\"sent\",topic=\"aerocast.retrain.v1\"} 1.0");
                assertThat(get(service, "/readyz")).contains("UP");
                assertThat(get(service, "/healthz")).contains("\"ok\":true");
            }
        }
    }

    @Test
    void reportsTheLossAndTheReturnOfTheBroker(@TempDir Path directory) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        AtomicInteger announced = new AtomicInteger();
        try (ConfigurableApplicationContext service =
                start(broker.address(), _ -> announced.incrementAndGet(), "--aerocast.topics.probe-interval=100ms")) {
            awaitBroker(service, "connected", "aerocast_broker_connected 1.0");

            broker.close();
            awaitBroker(service, "away", "aerocast_broker_connected 0.0");

            broker = EmbeddedBroker.start(directory, broker.port());
            awaitBroker(service, "connected", "aerocast_broker_connected 1.0");
            assertThat(announced).hasValue(1);
        } finally {
            broker.close();
        }
    }

    @Test
    void keepsTryingAHostWithoutAnAddress() throws Exception {
        try (ConfigurableApplicationContext service = start("no-such-host.invalid:9092", _ -> {})) {
            TopicProvisioner provisioner = service.getBean(TopicProvisioner.class);
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5)).until(provisioner::isRunning);
            assertThat(get(service, "/healthz")).contains("\"ok\":false", "\"broker\":\"away\"");
            assertThat(get(service, "/readyz")).contains("OUT_OF_SERVICE");
            CompletableFuture<RecordMetadata> sent = service.getBean(EventPublisher.class)
                    .send(new ProducerRecord<>(Topics.RETRAIN.name(), "sim", new byte[0]));
            assertThat(sent).isCompletedExceptionally();
        }
    }

    @Test
    void isNotReadyUntilEveryConsumerHasStarted(@TempDir Path directory) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger started = new AtomicInteger();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                ConfigurableApplicationContext service = start(broker.address(), _ -> {
                    if (broken.get()) {
                        throw new IllegalStateException("cannot start");
                    }
                    started.incrementAndGet();
                })) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(get(service, "/healthz")).contains("\"broker\":\"connected\""));
            assertThat(get(service, "/readyz")).contains("OUT_OF_SERVICE");
            assertThat(get(service, "/healthz")).contains("\"ok\":false");

            broken.set(false);

            await().untilAsserted(() -> assertThat(get(service, "/readyz")).doesNotContain("OUT_OF_SERVICE"));
            assertThat(started).hasValue(1);
        }
    }

    private static void awaitBroker(ConfigurableApplicationContext service, String state, String gauge) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(get(service, "/healthz")).contains("\"broker\":\"%s\"".formatted(state));
            assertThat(get(service, "/metrics")).contains(gauge);
            assertThat(get(service, "/readyz").contains("OUT_OF_SERVICE")).isEqualTo(state.equals("away"));
        });
    }

    @Test
    void statesEveryDefault() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("aerocast.topics", TopicsProperties.class))
                .isEqualTo(new TopicsProperties(
                        3, (short) 1, Duration.ofDays(14), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    }

    @Test
    void refusesAnUnknownKey() {
        assertThatThrownBy(() -> start(1, "--aerocast.topics.partition=5")).hasStackTraceContaining("partition");
        assertThatThrownBy(() -> start(1, "--aerocast.topics.retention=5d", "--aerocast.pipelines=x"))
                .hasStackTraceContaining("aerocast.pipelines");
    }

    private static ConfigurableApplicationContext start(int port, String... arguments) {
        return start("127.0.0.1:" + port, _ -> {}, arguments);
    }

    private static ConfigurableApplicationContext start(
            String brokers, ApplicationListener<TopicsReady> listener, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.kafka.producer.properties.max.block.ms=200",
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--aerocast.topics.retry-interval=100ms"));
        all.addAll(List.of(arguments));
        return new SpringApplicationBuilder(Service.class)
                .properties("spring.config.import=classpath:aerocast-base.yml", "spring.application.name=test")
                .initializers(context -> context.addApplicationListener(listener))
                .run(all.toArray(String[]::new));
    }

    private static String get(ConfigurableApplicationContext service, String path) throws Exception {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
