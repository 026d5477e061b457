package io.aerocast.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecTest {

    private static final Codec<Observation> CODEC = Topics.OBSERVATIONS.codec();

    @Test
    void aMissingReadingStaysMissing() {
        Map<String, Double> readings = new HashMap<>(Map.of("temperature", 3.9));
        readings.put("pressure", null);
        Observation observation = new Observation("noaa", "KJFK", Instant.parse("2013-01-01T06:00:00Z"), readings);

        byte[] bytes = CODEC.encode(observation);

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("{\"schema\":1,\"pipeline\":\"noaa\",\"station\":\"KJFK\","
                        + "\"timestamp\":\"2013-01-01T06:00:00Z\",\"readings\":{\"temperature\":3.9}}");
        assertThat(CODEC.decode(bytes)).isEqualTo(observation);
    }

    @Test
    void skipsAFieldThatANewerProducerAdded() {
        assertThat(decode("{\"schema\":1,\"pipeline\":\"sim\",\"station\":\"s\",\"timestamp\":\"2020-01-01T00:00:00Z\","
                                + "\"readings\":{\"temperature\":1.0},\"quality\":\"V\"}")
                        .readings())
                .containsEntry("temperature", 1.0);
    }

    @Test
    void readsFieldsInAnyOrder() {
        assertThat(decode("{\"pipeline\":\"sim\",\"station\":\"s\",\"timestamp\":\"2020-01-01T00:00:00Z\","
                        + "\"readings\":{\"temperature\":1.0},\"schema\":1}"))
                .isEqualTo(
                        new Observation("sim", "s", Instant.parse("2020-01-01T00:00:00Z"), Map.of("temperature", 1.0)));
    }

    @Test
    void refusesBytesThatAreNotAnEvent() {
        assertThatThrownBy(() -> decode("{\"schema\":2}"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("Cannot read Observation schema version 2 (supported: 1)");
        assertThatThrownBy(() -> decode("[1]"))
                .hasMessageContaining("expected a JSON object with an integer field 'schema'");
        assertThatThrownBy(() -> decode("{\"schema\":1")).isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> decode("{\"schema\":1,\"pipeline\":\"sim\",\"station\":\"s\","
                        + "\"timestamp\":\"2020-01-01T00:00:00Z\",\"readings\":{}}]"))
                .isInstanceOf(UnreadableEventException.class);
        assertThatThrownBy(() -> decode("{\"schema\":1,\"pipeline\":\"sim\",\"station\":\"s\",\"readings\":{}}"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("timestamp is missing");
    }

    @Test
    void readsAnEvaluationWithoutAnInterval() {
        Evaluation evaluation = Topics.EVALUATIONS
                .codec()
                .decode(("{\"schema\":2,\"pipeline\":\"sim\",\"station\":\"s\",\"feature\":\"temperature\","
                                + "\"model\":\"gru\",\"target\":null,\"actual\":21.0,\"source\":\"reported\","
                                + "\"pairs\":[{\"horizon\":1,\"modelVersion\":\"1\",\"predicted\":20.0}]}")
                        .getBytes(StandardCharsets.UTF_8));

        Evaluation.Pair pair = new Evaluation.Pair(1, "1", 20, null, null, null);
        assertThat(evaluation)
                .isEqualTo(new Evaluation(
                        "sim", "s", "temperature", "gru", null, 21, EvaluationSource.REPORTED, null, List.of(pair)));
        assertThat(pair.held(21)).isEmpty();
    }

    private static Observation decode(String json) {
        return CODEC.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
