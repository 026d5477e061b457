package io.aerocast.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
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
                .decode(("{\"schema\":1,\"forecastId\":null,\"pipeline\":\"sim\",\"station\":\"s\",\"model\":\"gru\","
                                + "\"modelVersion\":\"1\",\"target\":null,\"horizon\":1,\"predicted\":20.0,\"actual\":21.0,"
                                + "\"persistence\":null,\"source\":\"matched\"}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(evaluation)
                .isEqualTo(
                        new Evaluation(null, "sim", "s", "gru", "1", null, 1, 20, 21, null, EvaluationSource.MATCHED));
        assertThat(evaluation.held()).isEmpty();
    }

    private static Observation decode(String json) {
        return CODEC.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
