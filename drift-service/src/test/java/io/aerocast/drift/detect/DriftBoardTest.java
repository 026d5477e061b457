package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.DriftState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftBoardTest {

    private static final Member STATION = new Member("sim", "SIM-1");
    private static final Member OTHER = new Member("sim", "SIM-2");
    private static final Map<String, DriftState> CALM = Map.of("temperature", DriftState.CALM);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DriftBoard board = new DriftBoard(meters, 1);

    @Test
    void showsTheTimeOfTheLastStateChange() {
        double before = Instant.now().toEpochMilli() / 1e3;
        board.show(STATION, CALM);
        double calm = since();
        board.show(STATION, CALM);
        assertThat(since()).isEqualTo(calm).isGreaterThanOrEqualTo(before);

        board.show(STATION, Map.of("temperature", DriftState.DRIFT));

        assertThat(since()).isGreaterThanOrEqualTo(calm);
        assertThat(meters.get("aerocast.drift.state")
                        .tags("feature", "temperature", "state", "drift")
                        .gauge()
                        .value())
                .isOne();
    }

    @Test
    void theFactsNameTheGravestStateOfAStation() {
        board.show(STATION, Map.of("temperature", DriftState.CALM, "windspeed", DriftState.DEGRADED));

        assertThat(board.facts()).isEqualTo(Map.of("drift", Map.of("sim/SIM-1", "degraded")));
    }

    @Test
    void removesTheSeriesOfAStationThatAnotherInstanceWatches() {
        int without = meters.getMeters().size();
        board.show(STATION, CALM);

        board.hide(STATION);

        assertThat(meters.getMeters()).hasSize(without);
    }

    @Test
    void countsTheStationsBeyondTheLimitAndShowsThemOnceThereIsAPlace() {
        board.show(STATION, CALM);
        board.show(OTHER, CALM);
        assertThat(board.shows(OTHER)).isFalse();
        assertThat(value("aerocast.drift.stations")).isEqualTo(2);
        assertThat(value("aerocast.drift.stations.unpublished")).isEqualTo(1);

        board.hide(STATION);
        board.show(OTHER, CALM);

        assertThat(board.shows(OTHER)).isTrue();
        assertThat(value("aerocast.drift.stations.unpublished")).isZero();
    }

    private double since() {
        return value("aerocast.drift.since.timestamp");
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }
}
