package io.aerocast.drift.streams;

import io.aerocast.drift.detect.Detecting;
import io.aerocast.drift.detect.WatchedStation;
import io.aerocast.drift.match.Matching;
import io.aerocast.drift.signal.Signalling;
import io.aerocast.event.DeadLetter;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.HealthFact;
import io.aerocast.service.TopicsProperties;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// Runs the topology in a [TopologyTestDriver], without a broker.
final class Flow implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Map<String, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private final TopologyTestDriver driver;
    private Instant arrival = Instant.parse("2026-01-01T00:00:00Z");

    /// @param settings such as `aerocast.drift.match.grace=48`
    Flow(String... settings) {
        TestPropertyValues.of(settings).applyTo(context);
        context.register(Parts.class);
        context.refresh();
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipBadRecords.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SkipBadRecords.class);
        properties.put(SkipBadRecords.METERS, context.getBean(PrometheusMeterRegistry.class));
        driver = new TopologyTestDriver(context.getBean(DriftTopology.class).build(), properties);
    }

    /// No `@Configuration`, which a service that starts in this JVM would find.
    @ComponentScan(basePackages = {"io.aerocast.drift.match", "io.aerocast.drift.detect", "io.aerocast.drift.signal"})
    @ConfigurationPropertiesScan("io.aerocast.drift")
    @EnableConfigurationProperties({KafkaProperties.class, TopicsProperties.class})
    static class Parts {

        @Bean
        Pipelines pipelines() {
            return Pipelines.builtIn();
        }

        @Bean
        PrometheusMeterRegistry meters() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }

        @Bean
        DriftTopology topology(Matching matching, Detecting detecting, Signalling signalling) {
            return new DriftTopology(matching, detecting, signalling);
        }
    }

    /// Further records arrive that much later.
    void pass(Duration time) {
        arrival = arrival.plus(time);
    }

    void observe(Observation observation) {
        pipe(Topics.OBSERVATIONS, observation.station(), observation);
    }

    void observe(String time, double temperature) {
        observe(new Observation("noaa", "KJFK", Instant.parse(time), Map.of("temperature", temperature)));
    }

    void forecast(Forecast forecast) {
        pipe(Topics.FORECASTS, forecast.station(), forecast);
    }

    void evaluate(Evaluation evaluation) {
        pipe(Topics.EVALUATIONS, evaluation.station(), evaluation);
    }

    <T> void pipe(Topic<T> topic, String key, T event) {
        pipeBytes(topic, key, topic.codec().encode(event));
    }

    void pipeBytes(Topic<?> topic, String key, byte[] value) {
        inputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createInputTopic(name, new StringSerializer(), new ByteArraySerializer()))
                .pipeInput(key, value, arrival);
    }

    /// The dead letter of an observation that the ingest service refused.
    void refuse(Observation observation) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(DeadLetter.OBSERVATION, Topics.OBSERVATIONS.codec().encode(observation));
        driver.createInputTopic(Topics.DEAD_LETTERS, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(observation.station(), new byte[] {1}, headers, arrival));
    }

    List<Evaluation> evaluations() {
        return events(Topics.EVALUATIONS).stream().map(TestRecord::value).toList();
    }

    List<TestRecord<String, DriftChanged>> changes() {
        return events(Topics.DRIFT);
    }

    List<TestRecord<String, RetrainSignal>> signals() {
        return events(Topics.RETRAIN);
    }

    private <T> List<TestRecord<String, T>> events(Topic<T> topic) {
        TestOutputTopic<String, byte[]> output =
                driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer());
        return output.readRecordsToList().stream()
                .map(r -> new TestRecord<>(r.key(), topic.codec().decode(r.value()), r.headers(), r.timestamp()))
                .toList();
    }

    int rows(String store) {
        int rows = 0;
        try (var all = driver.getKeyValueStore(store).all()) {
            while (all.hasNext()) {
                all.next();
                rows++;
            }
        }
        return rows;
    }

    /// Every row of every store.
    Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        driver.getAllStateStores().keySet().forEach(store -> {
            try (var all = driver.getKeyValueStore(store).all()) {
                all.forEachRemaining(row -> rows.put(store + " " + row.key, String.valueOf(row.value)));
            }
        });
        return rows;
    }

    KeyValueStore<String, WatchedStation> stations() {
        return driver.getKeyValueStore(Detecting.STATIONS);
    }

    /// The identities of all meters.
    Set<Meter.Id> meters() {
        return context.getBean(PrometheusMeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .collect(Collectors.toSet());
    }

    String metrics() {
        return context.getBean(PrometheusMeterRegistry.class).scrape();
    }

    Map<String, Object> healthFacts() {
        return context.getBean(HealthFact.class).facts();
    }

    /// A forecast of the temperature by the default kind of model, with one horizon.
    static Forecast forecast(String version, String origin, int horizon, double value) {
        return forecast("temperature", ModelKinds.DEFAULT, version, Instant.parse(origin), List.of(horizon), value);
    }

    /// A forecast with the same value at each horizon, and intervals of one unit to either side.
    static Forecast forecast(
            String feature, String model, String version, Instant origin, List<Integer> horizons, double value) {
        return new Forecast(
                "noaa",
                "KJFK",
                feature,
                model,
                version,
                origin,
                horizons,
                Collections.nCopies(horizons.size(), value),
                Collections.nCopies(horizons.size(), value - 1),
                Collections.nCopies(horizons.size(), value + 1),
                4,
                false);
    }

    /// A matched evaluation of the temperature by the default kind of model, with the same error at each of the 24
    /// horizons; the readings vary around 20.
    static Evaluation evaluation(String station, String version, int hour, double error) {
        return evaluation(station, "temperature", version, hour, error);
    }

    static Evaluation evaluation(String station, String feature, String version, int hour, double error) {
        Instant target = Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour);
        double actual = reading(hour);
        return new Evaluation(
                "noaa",
                station,
                feature,
                ModelKinds.DEFAULT,
                target,
                actual,
                EvaluationSource.MATCHED,
                null,
                IntStream.rangeClosed(1, 24)
                        .mapToObj(horizon -> new Pair(
                                horizon,
                                version,
                                actual - error,
                                reading(hour - horizon),
                                actual - error - 1,
                                actual - error + 1))
                        .toList());
    }

    /// An evaluation as a client reports it.
    static Evaluation reported(String station, @Nullable Instant target, double error) {
        return new Evaluation(
                "noaa",
                station,
                "temperature",
                ModelKinds.DEFAULT,
                target,
                20,
                EvaluationSource.REPORTED,
                null,
                List.of(new Pair(1, "unknown", 20 - error, null, null, null)));
    }

    private static double reading(int hour) {
        return 20 + Math.sin(hour) + 0.01 * Math.floorMod(hour, 7);
    }

    @Override
    public void close() {
        driver.close();
        context.close();
    }
}
