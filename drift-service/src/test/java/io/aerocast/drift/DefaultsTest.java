package io.aerocast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.drift.detect.DetectProperties;
import io.aerocast.drift.match.MatchProperties;
import io.aerocast.drift.signal.DriftSignalProperties;
import io.aerocast.drift.station.StationsProperties;
import io.aerocast.drift.streams.StreamsProperties;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

class DefaultsTest {

    @Test
    void areAsDocumented() {
        assertThat(DetectProperties.defaults())
                .isEqualTo(new DetectProperties(
                        1.5, 2.8, 8, 0.7, 12, 0.7, 2.5, 4, 20, 14, 100, 48, 7, -0.05, 0.75, 18, 5, 0.4, 6, 3, 10, 8,
                        0.6, 7));
        assertThat(defaults("match", MatchProperties.class)).isEqualTo(new MatchProperties(1000, 48));
        assertThat(defaults("signal", DriftSignalProperties.class)).isEqualTo(new DriftSignalProperties(48));
        assertThat(defaults("stations", StationsProperties.class))
                .isEqualTo(new StationsProperties(1000, Duration.ofDays(30), 100));
        assertThat(defaults("streams", StreamsProperties.class))
                .isEqualTo(new StreamsProperties(
                        "aerocast-drift",
                        Path.of(".aerocast/streams"),
                        1,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1)));
    }

    private static <T> T defaults(String feature, Class<T> type) {
        return new Binder().bindOrCreate("aerocast.drift." + feature, Bindable.of(type));
    }
}
