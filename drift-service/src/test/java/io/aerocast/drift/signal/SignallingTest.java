package io.aerocast.drift.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.drift.detect.Standing;
import io.aerocast.event.Codec;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.CodecSerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignallingTest {

    private static final CodecSerde<Standing> STANDINGS = new CodecSerde<>(new Codec<>(Standing.class, 1));
    private static final CodecSerde<RetrainSignal> SIGNALS = new CodecSerde<>(Topics.RETRAIN.codec());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver = driver();
    private final TestInputTopic<String, Standing> standings =
            driver.createInputTopic("standings", Serdes.String().serializer(), STANDINGS.serializer());
    private final TestOutputTopic<String, RetrainSignal> signals =
            driver.createOutputTopic("signals", Serdes.String().deserializer(), SIGNALS.deserializer());

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void anEpisodeRaisesOneSignalAlsoAfterASensorFault() {
        change("KJFK", 0, DriftState.WARNING, null);
        change("KJFK", 1, DriftState.DRIFT, "e1");
        change("KJFK", 2, DriftState.SENSOR_FAULT, "e1");
        change("KJFK", 3, DriftState.DRIFT, "e1");
        change("KJFK", 4, DriftState.CALM, null);
        change("KJFK", 5, DriftState.DRIFT, "e2");

        assertThat(raised()).extracting(RetrainSignal::id).containsExactly("drift-e1", "drift-e2");
    }

    @Test
    void degradedForecastsAreAReasonOfTheirOwn() {
        change("KJFK", 0, DriftState.DEGRADED, "e1");

        assertThat(raised()).singleElement().satisfies(signal -> {
            assertThat(signal.reason()).isEqualTo(RetrainReason.DEGRADED);
            assertThat(signal.feature()).isEqualTo("temperature");
            assertThat(signal.id()).isEqualTo("degraded-e1");
        });
        assertThat(meters.get("aerocast.retrain.signals")
                        .tags("pipeline", "noaa", "feature", "temperature", "reason", "degraded")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void faultsRaiseNoSignal() {
        for (Fault fault : Fault.values()) {
            standings.pipeInput("any", standing("KJFK", "temperature", 0, DriftState.SENSOR_FAULT, null, fault));
        }

        assertThat(raised()).isEmpty();
    }

    /// The default cool-down is 48 steps of an hour.
    @Test
    void aSignalCoversTheOtherStationsOfItsFeatureDuringTheCoolDown() {
        change("KJFK", 0, DriftState.DRIFT, "e1");
        change("KLGA", 48, DriftState.DRIFT, "e2");
        assertThat(raised()).extracting(RetrainSignal::station).containsExactly("KJFK");

        standings.pipeInput("any", standing("KLGA", "windspeed", 48, DriftState.DRIFT, "e3", null));
        change("KEWR", 49, DriftState.DRIFT, "e4");
        assertThat(raised())
                .extracting(RetrainSignal::station, RetrainSignal::feature)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("KLGA", "windspeed"),
                        org.assertj.core.api.Assertions.tuple("KEWR", "temperature"));
    }

    @Test
    void aSignalOfDegradedForecastsDoesNotCoverDrift() {
        change("KJFK", 0, DriftState.DEGRADED, "e1");
        change("KLGA", 1, DriftState.DRIFT, "e2");
        change("KEWR", 2, DriftState.DEGRADED, "e3");

        assertThat(raised()).extracting(RetrainSignal::id).containsExactly("degraded-e1", "drift-e2");
    }

    /// Of three others, one is in drift as well; the one that is forgotten does not count, nor does another
    /// feature.
    @Test
    void theEvidenceCountsTheOtherStationsInTheSameState() {
        for (String station : List.of("KJFK", "KLGA", "KEWR", "KBOS", "GONE")) {
            standings.pipeInput("any", calm(station, "temperature"));
        }
        standings.pipeInput("any", calm("KISP", "windspeed"));
        standings.pipeInput("any", new Standing("noaa", "GONE", "temperature", null, at(0), null));
        change("KLGA", 0, DriftState.DRIFT, "e1");
        change("KJFK", 100, DriftState.DRIFT, "e2");

        assertThat(raised())
                .last()
                .extracting(RetrainSignal::evidence)
                .isEqualTo(Map.of("statistic", 9.0, "stations", 3.0, "witnesses", 1.0));
    }

    private void change(String station, int hour, DriftState to, @Nullable String episode) {
        standings.pipeInput("any", standing(station, "temperature", hour, to, episode, null));
    }

    private List<RetrainSignal> raised() {
        return signals.readValuesToList();
    }

    private static Standing calm(String station, String feature) {
        return new Standing("noaa", station, feature, DriftState.CALM, at(0), null);
    }

    private static Standing standing(
            String station, String feature, int hour, DriftState to, @Nullable String episode, @Nullable Fault fault) {
        DriftChanged change = new DriftChanged(
                "noaa",
                station,
                feature,
                "blend",
                "v1",
                6,
                fault,
                DriftState.CALM,
                to,
                at(hour),
                episode == null ? null : at(hour - 5),
                episode,
                "The errors have grown.",
                Map.of("statistic", 9.0));
        return new Standing("noaa", station, feature, to, at(hour), change);
    }

    private static Instant at(int hour) {
        return Instant.parse("2013-01-01T00:00:00Z").plusSeconds(3600L * hour);
    }

    private TopologyTestDriver driver() {
        StreamsBuilder builder = new StreamsBuilder();
        Signalling signalling = new Signalling(Pipelines.builtIn(), new DriftSignalProperties(48), meters);
        signalling
                .raise(builder.stream("standings", Consumed.with(Serdes.String(), STANDINGS)))
                .to("signals", Produced.with(Serdes.String(), SIGNALS));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        return new TopologyTestDriver(builder.build(), properties);
    }
}
