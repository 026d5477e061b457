package io.aerocast.api.retrain;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetrainCheckTest {

    private static final Pipeline NOAA = PIPELINES.require("noaa");
    private static final Instant LAST = Instant.parse("2026-03-01T00:00:00Z");

    private final RetrainCheck check = new RetrainCheck(Duration.ofDays(7));

    @Test
    void aTrainingOfTheAllowedAgeIsFresh() {
        RetrainVerdict verdict = judge("2026-03-08T00:00:00Z");

        assertThat(verdict).isInstanceOf(RetrainVerdict.Fresh.class);
        assertThat(verdict.age()).isEqualTo(Duration.ofDays(7));
        assertThat(verdict.reason()).isEqualTo("the last training is 7 d 0 h old, at most 7 d 0 h is allowed");
    }

    @Test
    void anOlderOneIsDue() {
        RetrainSignal signal = signal("2026-03-08T00:00:01Z");

        assertThat(signal.pipeline()).isEqualTo("noaa");
        assertThat(signal.reason()).isEqualTo(RetrainReason.SCHEDULE);
        assertThat(signal.note()).isEqualTo("the last training is 7 d 0 h old, at most 7 d 0 h is allowed");
    }

    @Test
    void twoChecksOfOnePeriodRaiseOneSignal() {
        assertThat(signal("2026-03-08T00:00:01Z").id())
                .isEqualTo(signal("2026-03-14T23:59:59Z").id());
        assertThat(signal("2026-03-08T00:00:01Z").id())
                .isNotEqualTo(signal("2026-03-15T00:00:00Z").id());
    }

    @Test
    void statesAgesBelowADayToTheSecond() {
        RetrainVerdict verdict = new RetrainCheck(Duration.ofMinutes(90))
                .judge(NOAA, Optional.of(LAST), Instant.parse("2026-03-01T02:00:01Z"));

        assertThat(verdict.reason())
                .isEqualTo("the last training is 2 h 0 min 1 s old, at most 1 h 30 min 0 s is allowed");
    }

    @Test
    void aPipelineThatWasNeverTrainedIsDueAndHasNoAge() {
        RetrainVerdict verdict = check.judge(NOAA, Optional.empty(), LAST);

        assertThat(verdict).isInstanceOf(RetrainVerdict.Due.class);
        assertThat(verdict.age()).isNull();
        assertThat(verdict.reason()).isEqualTo("it was never trained here");
    }

    private RetrainSignal signal(String now) {
        return ((RetrainVerdict.Due) judge(now)).signal();
    }

    private RetrainVerdict judge(String now) {
        return check.judge(NOAA, Optional.of(LAST), Instant.parse(now));
    }
}
