package io.aerocast.drift.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.drift.station.Roster.Heard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final StationsProperties LIMITS = new StationsProperties(3, Duration.ofDays(30), 0);

    private final Roster roster = new Roster(LIMITS, List.of());

    @Test
    void forgetsTheStationsThatWereSilentForLongerThanAllowed() {
        hear("A", 0);
        hear("B", 1);
        hear("C", 30);
        assertThat(roster.forget("noaa")).isEmpty();

        hear("C", 31);
        assertThat(roster.forget("noaa")).containsExactly("A");
        assertThat(roster.contains("noaa", "A")).isFalse();
        hear("C", 32);
        assertThat(roster.forget("noaa")).containsExactly("B");
    }

    @Test
    void aRecordThatArrivesEarlierDoesNotTurnTheClockBack() {
        hear("A", 31);
        hear("B", 0);

        assertThat(roster.now("noaa")).isEqualTo(arrival(31));
        assertThat(roster.forget("noaa")).isEmpty();
    }

    @Test
    void pipelinesHaveClocksOfTheirOwn() {
        hear("A", 0);
        roster.hear("sim", "S", arrival(400));

        assertThat(roster.forget("noaa")).isEmpty();
        assertThat(roster.forget("sim")).isEmpty();
    }

    @Test
    void refusesNewStationsWhenFullAndAcceptsThemOnceOneIsForgotten() {
        hear("A", 0);
        hear("B", 31);
        hear("C", 31);
        assertThat(hear("D", 31)).isFalse();
        assertThat(hear("A", 0)).as("known").isTrue();

        hear("B", 62);
        hear("C", 62);
        assertThat(roster.forget("noaa")).containsExactly("A");
        assertThat(hear("D", 62)).isTrue();
    }

    @Test
    void aRestoredRosterForgetsTheSameStations() {
        Roster restored = new Roster(LIMITS, List.of(heard("B", 20), heard("A", 0), heard("C", 25)));

        restored.hear("noaa", "C", arrival(31));

        assertThat(restored.forget("noaa")).containsExactly("A");
    }

    private boolean hear(String station, int day) {
        return roster.hear("noaa", station, arrival(day));
    }

    private static Heard heard(String station, int day) {
        return new Heard("noaa", station, arrival(day));
    }

    private static long arrival(int day) {
        return Duration.ofDays(day).toMillis();
    }
}
