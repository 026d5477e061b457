package io.aerocast.drift.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.drift.station.Roster.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final Instant START = Instant.parse("2013-01-01T00:00:00Z");
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

    /// Its observations are a year behind those of the other station, but do arrive.
    @Test
    void keepsAStationThatReplaysAnEarlierYear() {
        for (int day = 0; day < 100; day++) {
            hear("LIVE", 365 + day);
            hear("REPLAY", day);

            assertThat(roster.forget("noaa")).isEmpty();
        }
    }

    @Test
    void pipelinesHaveClocksOfTheirOwn() {
        hear("A", 0);
        roster.hear("sim", "S", START.plus(Duration.ofDays(400)));

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

        restored.hear("noaa", "C", START.plus(Duration.ofDays(31)));

        assertThat(restored.forget("noaa")).containsExactly("A");
    }

    private boolean hear(String station, int day) {
        return roster.hear("noaa", station, START.plus(Duration.ofDays(day)));
    }

    private static Heard heard(String station, int day) {
        return new Heard("noaa", station, START.plus(Duration.ofDays(day)).toEpochMilli());
    }
}
