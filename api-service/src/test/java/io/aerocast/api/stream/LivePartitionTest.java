package io.aerocast.api.stream;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.forecast.Lookback;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LivePartitionTest {

    private static final Instant START = Instant.parse("2013-01-01T00:00:00Z");

    /// No history, two stations.
    private static final StreamProperties STATIONS = new StreamProperties("group", 0, 0, 2, 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LivePartition partition =
            new LivePartition(PIPELINES, STATIONS, new IntervalMetrics(meters), meters.counter("forgotten"), 0);

    @Test
    void isCurrentOnceTheLookbackIsDenseEnough() {
        for (int second = 0; second < 17; second++) {
            assertThat(arrive(second, 20)).isEqualTo(new Passed(Why.INCOMPLETE));
        }

        // three quarters of 24
        assertThat(arrive(17, 21)).isInstanceOfSatisfying(Current.class, current -> {
            assertThat(lookback(current).origin()).isEqualTo(START.plusSeconds(17));
            assertThat(lookback(current).persistence()).isEqualTo(21);
        });
    }

    @Test
    void keepsLateReadingsButDoesNotForecastAgain() {
        fill();
        arrive(26, 20);

        assertThat(arrive(25, 30)).isEqualTo(new Passed(Why.LATE));
        assertThat(arrive(26, 30)).isEqualTo(new Passed(Why.REPEATED));
        assertThat(arrive(27, 20)).isInstanceOfSatisfying(Current.class, current -> {
            double[][] rows = lookback(current).rows();
            assertThat(rows[rows.length - 2][0]).isEqualTo(30);
            assertThat(rows[rows.length - 3][0]).isEqualTo(30);
        });
    }

    @Test
    void forecastsOnceAMissingTargetIsFilledIn() {
        fill();

        assertThat(partition.arrive(observation("sim", 25, Map.of()))).isEqualTo(new Passed(Why.INCOMPLETE));
        assertThat(arrive(25, 20)).isInstanceOf(Current.class);
    }

    @Test
    void ignoresImplausibleReadingsAndUnknownPipelines() {
        fill();

        assertThat(arrive(25, 1048)).isEqualTo(new Passed(Why.IMPLAUSIBLE));
        assertThat(partition.arrive(observation("mars", 25, Map.of("temperature", 20.0))))
                .isEqualTo(new Passed(Why.UNKNOWN_PIPELINE));
        assertThat(arrive(26, 20)).isInstanceOfSatisfying(Current.class, current -> {
            double[][] rows = lookback(current).rows();
            assertThat(rows[rows.length - 2][0]).isNaN();
        });
    }

    @Test
    void forgetsTheLeastRecentlyObservedStation() {
        fill();
        observe("t", 0);
        arrive(25, 20);
        observe("u", 0); // "t" is forgotten
        assertThat(arrive(26, 20)).isInstanceOf(Current.class);

        observe("t", 0); // and "u"
        observe("u", 0); // and "s"

        assertThat(arrive(27, 20)).isEqualTo(new Passed(Why.INCOMPLETE));
        assertThat(meters.counter("forgotten").count()).isEqualTo(4);
    }

    private void observe(String station, int second) {
        partition.arrive(new Observation("sim", station, START.plusSeconds(second), Map.of("temperature", 20.0)));
    }

    private static Lookback lookback(Current current) {
        return current.targets().getFirst().lookback();
    }

    private void fill() {
        for (int second = 0; second < 25; second++) {
            arrive(second, 20);
        }
    }

    private Arrival arrive(int second, double temperature) {
        return partition.arrive(observation("sim", second, Map.of("temperature", temperature)));
    }

    private static Observation observation(String pipeline, int second, Map<String, Double> readings) {
        return new Observation(pipeline, "s", START.plusSeconds(second), readings);
    }
}
