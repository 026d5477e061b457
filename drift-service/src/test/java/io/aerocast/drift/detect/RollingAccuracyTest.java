package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollingAccuracyTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RollingAccuracy accuracy = new RollingAccuracy(meters);

    /// Errors 3 and 4, of persistence 6 and 8: RMSE √12.5 and √50, skill 1 − 25/100, one of two within ±3.5.
    @Test
    void publishesErrorSkillAndCoverageBesidePersistence() {
        add("v1", 3, 6.0);
        add("v1", 4, 8.0);

        assertThat(value("aerocast.forecast.rmse", 1)).isCloseTo(Math.sqrt(12.5), within(1e-12));
        assertThat(value("aerocast.persistence.rmse", 1)).isCloseTo(Math.sqrt(50), within(1e-12));
        assertThat(value("aerocast.forecast.skill", 1)).isCloseTo(0.75, within(1e-12));
        assertThat(value("aerocast.forecast.coverage", 1)).isEqualTo(0.5);
    }

    /// The second forecast counts for the error only.
    @Test
    void skillComparesOnlyWherePersistenceIsKnown() {
        add("v1", 3, 6.0);
        add("v1", 4, null);

        assertThat(value("aerocast.forecast.rmse", 1)).isCloseTo(Math.sqrt(12.5), within(1e-12));
        assertThat(value("aerocast.forecast.skill", 1)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void aNewVersionStartsAnew() {
        add("v1", 3, 6.0);
        add("v2", 1, 2.0);

        assertThat(value("aerocast.forecast.rmse", 1)).isEqualTo(1);
        assertThat(value("aerocast.persistence.rmse", 1)).isEqualTo(2);
    }

    @Test
    void covers48Forecasts() {
        add("v1", 100, 1.0);
        for (int i = 0; i < 48; i++) {
            add("v1", 2, 1.0);
        }

        assertThat(value("aerocast.forecast.rmse", 1)).isEqualTo(2);
    }

    @Test
    void publishesTheNearestTheMiddleAndTheFarthestHorizon() {
        add("v1", 3, 6.0);

        assertThat(meters.find("aerocast.forecast.rmse").gauges())
                .extracting(gauge -> gauge.getId().getTag("horizon"))
                .containsExactlyInAnyOrder("1", "6", "24");
    }

    @Test
    void removesTheSeriesOfAStation() {
        add("v1", 3, 6.0);

        accuracy.hide(new Member("noaa", "KJFK"));

        assertThat(meters.getMeters()).isEmpty();
    }

    /// The same error at each horizon, and intervals of 3.5 to either side of the forecast.
    private void add(String version, double error, @Nullable Double persistenceError) {
        List<Pair> pairs = IntStream.rangeClosed(1, 24)
                .mapToObj(h -> new Pair(
                        h,
                        version,
                        20 - error,
                        persistenceError == null ? null : 20 - persistenceError,
                        16.5 - error,
                        23.5 - error))
                .toList();
        accuracy.add(
                new Evaluation(
                        "noaa", "KJFK", "temperature", "gru", Instant.EPOCH, 20, EvaluationSource.MATCHED, null, pairs),
                NOAA);
    }

    private double value(String gauge, int horizon) {
        return meters.get(gauge)
                .tags("feature", "temperature", "model", "gru", "horizon", Integer.toString(horizon))
                .gauge()
                .value();
    }
}
