package io.aerocast.ingest.noaa;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.ingest.publish.Received;
import io.aerocast.pipeline.Pipelines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final RecordForm form = new RecordForm(Pipelines.builtIn().require("noaa"));
    private final Station station = new Station("KJFK", 2);

    @Test
    void onlyNewAndCompletedRecordsAreChanged() {
        station.recordPublished(
                answer(
                        Records.record("2026-11-27T10:51:00+00:00"),
                        Records.measured("2026-11-27T09:51:00+00:00", "7.2")),
                null,
                NOW);

        List<Received> changed = station.changed(answer(
                Records.measured("2026-11-27T11:51:00+00:00", "8.0"),
                Records.measured("2026-11-27T10:51:00+00:00", "7.7"),
                Records.measured("2026-11-27T09:51:00+00:00", "7.2")));

        assertThat(changed)
                .map(Received::origin)
                .containsExactly(
                        "api.weather.gov KJFK@2026-11-27T10:51:00+00:00",
                        "api.weather.gov KJFK@2026-11-27T11:51:00+00:00");
    }

    @Test
    void aRecordWithoutAnyReadingIsNotPublishedYet() {
        assertThat(station.changed(answer(Records.record("2026-11-27T09:51:00+00:00"))))
                .isEmpty();
    }

    @Test
    void aMalformedRecordIsPublishedOnce() {
        List<Received> answer = answer(Records.record("yesterday"));
        assertThat(station.changed(answer)).hasSize(1);
        station.recordPublished(answer, null, NOW);
        assertThat(station.changed(answer)).isEmpty();
    }

    @Test
    void doublesThePauseAfterEachFailureUntilItAnswers() {
        assertThat(fail(null)).isEqualTo(Duration.ofMinutes(5));
        assertThat(station.dueAt(NOW.plus(Duration.ofMinutes(4)))).isFalse();
        assertThat(station.dueAt(NOW.plus(Duration.ofMinutes(5)))).isTrue();
        assertThat(fail(null)).isEqualTo(Duration.ofMinutes(10));
        assertThat(fail(null)).isEqualTo(Duration.ofMinutes(20));
        assertThat(fail(null)).isEqualTo(Duration.ofMinutes(40));
        assertThat(fail(null)).isEqualTo(LONGEST);

        station.recordSuccess(NOW);
        assertThat(station.dueAt(NOW)).isTrue();
        assertThat(fail(null)).isEqualTo(FIRST);
    }

    @Test
    void waitsAsLongAsTheServiceRequests() {
        assertThat(fail(Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
    }

    private Duration fail(Duration retryAfter) {
        return station.recordFailure("no", retryAfter, FIRST, LONGEST, NOW);
    }

    private List<Received> answer(String... newestFirst) {
        return form.read("KJFK", Records.collection(newestFirst));
    }
}
