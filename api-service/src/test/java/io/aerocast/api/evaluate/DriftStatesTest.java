package io.aerocast.api.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftStatesTest {

    private final DriftStates states = new DriftStates(2);

    @Test
    void keepsTheLastStateOfEachTarget() {
        states.changed(change("a", "temperature", DriftState.DRIFT, 1));
        states.changed(change("a", "pressure", DriftState.SENSOR_FAULT, 2));

        assertThat(states.drifts("noaa", "a", "temperature")).isTrue();
        assertThat(states.drifts("noaa", "a", "pressure")).isFalse();
        assertThat(states.last("noaa", "a", "pressure"))
                .get()
                .extracting(DriftChanged::to)
                .isEqualTo(DriftState.SENSOR_FAULT);
        assertThat(states.last("noaa", "a", "windspeed")).isEmpty();
    }

    @Test
    void ignoresAnEventOfAnEarlierVersion() {
        states.changed(change("a", null, DriftState.DRIFT, 1));

        assertThat(states.last("noaa", "a", "temperature")).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfStations() {
        for (int i = 0; i < 34_000; i++) {
            states.changed(change("invented-" + i, "temperature", DriftState.DRIFT, i));
        }

        assertThat(states.drifts("noaa", "invented-0", "temperature")).isFalse();
        assertThat(states.drifts("noaa", "invented-33997", "temperature")).isFalse();
        assertThat(states.drifts("noaa", "invented-33998", "temperature")).isTrue();
    }

    private static DriftChanged change(String station, @Nullable String feature, DriftState to, int second) {
        return new DriftChanged(
                "noaa",
                station,
                feature,
                "blend",
                "1",
                1,
                null,
                DriftState.CALM,
                to,
                Instant.ofEpochSecond(second),
                null,
                null,
                "test",
                Map.of());
    }
}
