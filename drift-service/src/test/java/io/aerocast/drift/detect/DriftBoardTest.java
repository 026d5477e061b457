package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.DriftState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DriftBoardTest {

    private static final Watched STATION = new Watched("sim", "SIM-1", "gru");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DriftBoard board = new DriftBoard(meters);

    @Test
    void showsTheTimeOfTheLastStateChange() {
        double before = Instant.now().toEpochMilli() / 1e3;
        board.show(STATION, DriftState.CALM);
        double calm = since();
        board.show(STATION, DriftState.CALM);
        assertThat(since()).isEqualTo(calm).isGreaterThanOrEqualTo(before);

        board.show(STATION, DriftState.DRIFT);

        assertThat(since()).isGreaterThanOrEqualTo(calm);
        assertThat(meters.get("aerocast.drift.state")
                        .tag("state", "drift")
                        .gauge()
                        .value())
                .isOne();
    }

    @Test
    void removesTheSeriesOfAStationThatAnotherInstanceWatches() {
        board.show(STATION, DriftState.CALM);

        board.hide(STATION);

        assertThat(meters.getMeters()).isEmpty();
    }

    private double since() {
        return meters.get("aerocast.drift.since.timestamp").gauge().value();
    }
}
