package io.aerocast.api.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.api.TestModels;
import io.aerocast.api.station.StationHistory.Moment;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StationHistoryTest {

    private static final Instant START = Instant.parse("2013-07-01T00:00:00Z");
    private static final Pipeline SWAPS = TestModels.PIPELINES.require("swaps");

    @Test
    void forgetsWhatIsTooOld() {
        StationHistory history = new StationHistory(new HistoryProperties(Duration.ofHours(2), 100, 1000));

        fill(history, "A", 5);

        assertThat(times(history, "A")).containsExactly(hour(2), hour(3), hour(4));
        assertThat(history.size()).isEqualTo(6);
    }

    @Test
    void keepsAFewGridTimesOfEachStation() {
        StationHistory history = new StationHistory(new HistoryProperties(Duration.ofDays(7), 2, 1000));

        fill(history, "A", 5);

        assertThat(times(history, "A")).containsExactly(hour(3), hour(4));
    }

    @Test
    void forgetsTheLeastRecentlyUpdatedStationsBeyondANumberOfValues() {
        StationHistory history = new StationHistory(new HistoryProperties(Duration.ofDays(7), 100, 8));

        fill(history, "A", 2);
        fill(history, "B", 2);
        fill(history, "A", 3);

        assertThat(times(history, "A")).hasSize(3);
        assertThat(times(history, "B")).isEmpty();
        assertThat(history.size()).isEqualTo(6);

        fill(history, "A", 9);
        assertThat(history.size()).isLessThanOrEqualTo(8);
    }

    /// A reading and one forecast of it each hour.
    private static void fill(StationHistory history, String station, int hours) {
        for (int hour = 0; hour < hours; hour++) {
            history.observed(SWAPS, new Observation("swaps", station, hour(hour), Map.of("temperature", 20.0)));
            history.evaluated(new Evaluation(
                    "swaps",
                    station,
                    "temperature",
                    "gru",
                    hour(hour),
                    20,
                    EvaluationSource.MATCHED,
                    null,
                    List.of(new Pair(1, "1", 21, null, null, null))));
        }
    }

    private static List<Instant> times(StationHistory history, String station) {
        return history.of(SWAPS, station, null, null, 100).stream()
                .map(Moment::time)
                .toList();
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(3600L * hour);
    }
}
