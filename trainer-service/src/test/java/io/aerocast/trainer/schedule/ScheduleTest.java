package io.aerocast.trainer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.schedule.LandedTimes.Span;
import io.aerocast.trainer.schedule.ScheduleProperties.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final Instant NOW = Instant.parse("2026-11-23T03:51:00Z");
    private static final Instant MARCH = Instant.parse("2013-03-01T00:00:00Z");

    private final Schedule schedule = schedule(Clock.OBSERVATION);

    @Test
    void theFirstTrainingIsDueOnceEnoughDataHaveLanded() {
        int needed = 168 + NOAA.lookback() + NOAA.horizons().getLast();

        assertThat(schedule.due(NOAA, null, span(needed - 1), NOW)).isEmpty();
        assertThat(schedule.due(NOAA, null, span(needed), NOW)).hasValueSatisfying(signal -> {
            assertThat(signal.id()).isEqualTo("schedule/noaa/first-0");
            assertThat(signal.reason()).isEqualTo(RetrainReason.SCHEDULE);
            assertThat(signal.feature()).isNull();
        });
        assertThat(id(schedule.due(NOAA, null, span(2 * needed - 1), NOW))).endsWith("first-0");
        assertThat(id(schedule.due(NOAA, null, span(2 * needed), NOW))).endsWith("first-1");
    }

    @Test
    void theNextOneIsDueAPeriodOfObservationTimeLater() {
        // 2013-04-01 is day 15,796 since 1970, in period 526 of 30 days.
        Span month = new Span(MARCH, Instant.parse("2013-04-01T00:00:00Z"));

        assertThat(schedule.due(NOAA, MARCH.plus(Duration.ofDays(2)), month, NOW))
                .isEmpty();
        assertThat(id(schedule.due(NOAA, MARCH, month, NOW))).isEqualTo("schedule/noaa/526");
        assertThat(schedule.due(Pipelines.builtIn().require("sim"), MARCH, month, NOW))
                .isEmpty();
    }

    @Test
    void aPeriodOfWallTimePassesWithoutData() {
        Span month = new Span(MARCH, MARCH.plus(Duration.ofDays(1)));

        assertThat(id(schedule(Clock.WALL).due(NOAA, NOW.minus(Duration.ofDays(30)), month, NOW)))
                .isEqualTo("schedule/noaa/%d".formatted(NOW.getEpochSecond() / (30 * 86_400)));
        assertThat(schedule(Clock.WALL).due(NOAA, NOW.minus(Duration.ofDays(29)), month, NOW))
                .isEmpty();
    }

    @Test
    void theLastTrainingIsTheOneThatJudgedACandidate() {
        Pipeline sim = Pipelines.builtIn().require("sim");
        RunRecord begun = Examples.started().with(Examples.FEATURE, Examples.data());

        assertThat(schedule.lastTrained(sim, List.of(begun))).isNull();
        assertThat(schedule.lastTrained(sim, List.of(begun.with(Examples.held()))))
                .isEqualTo(Examples.data().holdOut().to());
        assertThat(schedule.lastTrained(NOAA, List.of(begun.with(Examples.held()))))
                .isNull();
    }

    @Test
    void aRecordThatStaysOpenDoesNotStopTheScheduleForEver() {
        RetrainSignal routine = new RetrainSignal(
                "schedule/sim/1", "sim", RetrainReason.SCHEDULE, NOW, null, null, null, "a test", Map.of());
        RunRecord open = RunRecord.start(routine, Examples.CONTRACT, NOW);

        assertThat(Schedule.isInProgress(List.of(open), NOW.plus(Duration.ofHours(23))))
                .isTrue();
        assertThat(Schedule.isInProgress(List.of(open), NOW.plus(Duration.ofHours(24))))
                .isFalse();
        assertThat(Schedule.isInProgress(List.of(open.finished(NOW)), NOW)).isFalse();
        assertThat(Schedule.isInProgress(List.of(Examples.started()), Examples.TIME))
                .as("a run after drift")
                .isFalse();
    }

    @Test
    void aHeldCandidateGetsABoundedNumberOfTriesWithMoreData() {
        Pipeline sim = Pipelines.builtIn().require("sim");
        SecondTries tries = new SecondTries(properties(Clock.OBSERVATION));
        RunRecord held = Examples.started()
                .with(Examples.FEATURE, Examples.data())
                .with(Examples.held())
                .finished(Examples.TIME);
        // The run had 7 recent grid times: half as many more are 4.
        Instant enough = Examples.data().holdOut().to().plus(sim.cadence().multipliedBy(4));

        assertThat(tries.due(sim, List.of(held), until(enough.minusMillis(1)), NOW))
                .isEmpty();
        RetrainSignal second = tries.due(sim, List.of(held), until(enough), NOW).getFirst();
        assertThat(second.id()).isEqualTo("sim/lab/2026:1/temperature/try-2");
        assertThat(second.reason()).isEqualTo(RetrainReason.DRIFT);
        assertThat(second.feature()).isEqualTo("temperature");
        assertThat(second.changedSince()).isEqualTo(Examples.SIGNAL.changedSince());
        assertThat(second.evidence()).containsEntry("ratio", 3.0).containsEntry("try", 2.0);

        RetrainSignal third =
                tries.due(sim, List.of(again(second, 1)), until(enough), NOW).getFirst();
        assertThat(third.id()).isEqualTo("sim/lab/2026:1/temperature/try-3");
        assertThat(tries.due(sim, List.of(again(third, 2)), until(enough), NOW)).isEmpty();
        RunRecord promoted = again(second, 1).with(Examples.proven().published());
        assertThat(tries.due(sim, List.of(held, promoted), until(enough), NOW)).isEmpty();
    }

    @Test
    void aKindThatFailsDoesNotKeepTheOthersFromAnotherTry() {
        Pipeline sim = Pipelines.builtIn().require("sim");
        SecondTries tries = new SecondTries(properties(Clock.OBSERVATION));
        RunRecord run = Examples.started()
                .with(Examples.FEATURE, Examples.data())
                .with(Examples.held())
                .with(new Outcome.Failed(Examples.FEATURE, "ridge", Examples.TIME, "singular matrix"));
        Span landed = until(Examples.data().holdOut().to().plus(sim.cadence().multipliedBy(4)));

        assertThat(tries.due(sim, List.of(run.finished(Examples.TIME)), landed, NOW))
                .hasSize(1);
        assertThat(tries.due(sim, List.of(run.cancelled(Examples.TIME, "by hand")), landed, NOW))
                .isEmpty();
    }

    private static RunRecord again(RetrainSignal signal, int later) {
        Instant start = Examples.TIME.plusSeconds(later);
        return RunRecord.start(signal, Examples.CONTRACT, start)
                .with(Examples.FEATURE, Examples.data())
                .with(Examples.held())
                .finished(start);
    }

    private static String id(Optional<RetrainSignal> signal) {
        return signal.orElseThrow().id();
    }

    private static Span span(int gridTimes) {
        return new Span(MARCH, MARCH.plus(Duration.ofHours(gridTimes - 1L)));
    }

    private static Span until(Instant newest) {
        return new Span(newest.minusSeconds(1), newest);
    }

    private static Schedule schedule(Clock clock) {
        return new Schedule(properties(clock), 168);
    }

    private static ScheduleProperties properties(Clock clock) {
        return new ScheduleProperties(
                true, clock, Duration.ofDays(30), Map.of("sim", Duration.ofDays(60)), Duration.ofSeconds(5), 3, 0.5);
    }
}
