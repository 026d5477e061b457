package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Codec;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DetectorTest {

    private static final DetectProperties SETTINGS = DetectProperties.defaults();
    private static final Watched KJFK = new Watched("noaa", "KJFK", "gru");

    private final Detector detector = new Detector(SETTINGS);
    private final List<DriftChanged> changes = new ArrayList<>();
    private final Weather weather = Weather.gaussian(7);
    private DetectorState state = DetectorState.initial(weather.next("v1", 1).at(), "v1");

    @Test
    void staysCalmWhileItLearnsTheReference() {
        feed(SETTINGS.reference() - 1, () -> weather.next("v1", 1));
        assertThat(state.reference()).isNull();

        feed(1, () -> weather.next("v1", 1));

        assertThat(state.hasOwnReference()).isTrue();
        assertThat(state.learning()).isEmpty();
        assertThat(state.reference().meanError()).as("E|N(0,1)| = 0.798").isCloseTo(0.798, within(0.15));
        assertThat(changes).isEmpty();
    }

    @Test
    void aGrownErrorIsOneEpisode() {
        learn();
        Instant from = weather.next("v1", 1).at();
        feed(200, () -> weather.next("v1", 2.5));

        assertThat(changes).extracting(DriftChanged::to).containsExactly(DriftState.WARNING, DriftState.DRIFT);
        DriftChanged drift = changes.getLast();
        assertThat(drift.changedSince()).isBetween(from.minus(Duration.ofHours(6)), from.plus(Duration.ofHours(6)));
        assertThat(drift.episode()).isEqualTo("noaa/KJFK/%s/v1".formatted(drift.changedSince()));
        assertThat(drift.evidence().get("statistic")).isGreaterThanOrEqualTo(SETTINGS.threshold());
        assertThat(drift.evidence().get("recentError"))
                .isGreaterThan(1.5 * drift.evidence().get("referenceError"));
        assertThat(drift.reason())
                .startsWith("The errors of gru v1 at noaa station KJFK have grown: ")
                .contains("observations since " + drift.changedSince());
    }

    @Test
    void aDriftThatSubsidesReturnsToCalm() {
        learn();
        feedUntil(DriftState.DRIFT, () -> weather.next("v1", 3));

        feed(60, () -> weather.next("v1", 1));

        assertThat(state.state()).isEqualTo(DriftState.CALM);
        assertThat(state.episode()).isNull();
        assertThat(changes.getLast().reason())
                .isEqualTo("The errors of gru v1 at noaa station KJFK are back to normal.");
    }

    @Test
    void aNewModelEndsTheEpisodeAndIsComparedWithThePreviousReference() {
        learn();
        Reference normal = state.reference();
        feedUntil(DriftState.DRIFT, () -> weather.next("v1", 3));

        feed(SETTINGS.reference() - 1, () -> weather.next("v2", 1));

        assertThat(state.state()).isEqualTo(DriftState.CALM);
        assertThat(state.reference()).isEqualTo(normal);
        assertThat(changes.getLast().reason())
                .isEqualTo(
                        "Version v2 now forecasts noaa station KJFK; its errors are compared with the previous normal error.");

        feed(5, () -> weather.next("v2", 1));
        assertThat(state.hasOwnReference()).isTrue();
        assertThat(state.reference().version()).isEqualTo("v2");
    }

    @Test
    void aNewModelThatIsNoBetterStartsAnEpisodeOnlyAfterTheCoolDown() {
        learn();
        feedUntil(DriftState.DRIFT, () -> weather.next("v1", 3));
        String first = state.episode().id("noaa", "KJFK");

        feed(SETTINGS.coolDown() - 1, () -> weather.next("v2", 3));
        assertThat(state.state()).isEqualTo(DriftState.WARNING);
        feed(1, () -> weather.next("v2", 3));

        assertThat(state.state()).isEqualTo(DriftState.DRIFT);
        assertThat(state.episode().id("noaa", "KJFK")).isNotEqualTo(first).endsWith("/v2");
    }

    @Test
    void theReferenceCannotCreepUpward() {
        learn();
        double normal = state.reference().expected(1);

        double factor = 1;
        for (int version = 2; version < 40; version++) {
            String name = "v" + version;
            double grown = factor *= 1.05;
            feed(SETTINGS.reference() + 60, () -> weather.next(name, grown));
        }

        assertThat(state.reference().expected(1)).isLessThan(SETTINGS.creep() * 1.2 * normal);
        assertThat(changes).extracting(DriftChanged::to).contains(DriftState.DRIFT);
    }

    @Test
    void aStuckSensorIsNoDrift() {
        learn();
        feed(SETTINGS.stuckAfter(), () -> weather.stuck("v1", -4));
        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT, DriftState.SENSOR_FAULT);

        feed(1, () -> weather.stuck("v1", -4));
        assertThat(state.state()).isEqualTo(DriftState.SENSOR_FAULT);
        assertThat(changes.getLast().reason())
                .isEqualTo("The sensor of KJFK seems stuck: 19 readings of -4.0 in a row.");
        feed(300, () -> weather.stuck("v1", -4));
        feed(1, () -> weather.next("v1", 1));

        assertThat(state.state()).isEqualTo(DriftState.CALM);
        assertThat(changes.getLast().reason()).isEqualTo("The readings of KJFK change again.");
    }

    @Test
    void aSensorFaultDoesNotEndAnEpisode() {
        learn();
        feedUntil(DriftState.DRIFT, () -> weather.next("v1", 3));
        Episode episode = state.episode();

        feed(40, () -> weather.stuck("v1", 21));
        assertThat(state.state()).isEqualTo(DriftState.SENSOR_FAULT);
        feed(1, () -> weather.next("v1", 3));

        assertThat(state.state()).isEqualTo(DriftState.DRIFT);
        assertThat(state.episode()).isEqualTo(episode);
        assertThat(Transition.startsEpisode(changes.getLast())).isFalse();
    }

    @Test
    void anIsolatedSpikeDoesNotChangeTheState() {
        learn();
        for (int i = 0; i < 5; i++) {
            feed(1, () -> weather.spike("v1", 24));
            feed(1, () -> weather.afterSpike("v1", 24));
            feed(60, () -> weather.next("v1", 1));
        }

        assertThat(changes).isEmpty();
    }

    /// The temperature rises by 30 degrees within an hour and stays there; the model forecasts 20 of them.
    @Test
    void aJumpThatStaysIsDrift() {
        learn();
        double step = 30;
        int hours = 0;
        while (state.state() != DriftState.DRIFT && hours++ < 50) {
            ForecastOutcome calm = weather.next("v1", 1);
            double origin = calm.persistence() + (hours == 1 ? 0 : step);
            feed(1, () -> new ForecastOutcome(calm.at(), "v1", calm.predicted() + 20, calm.actual() + step, origin));
        }

        assertThat(hours).isBetween(4, 10);
    }

    /// Every state of one run passes through JSON, as it does in the store; the other run keeps it in memory.
    @Test
    void aRestartInMidStreamGivesIdenticalAlarms() {
        Codec<DetectorState> codec = new Codec<>(DetectorState.class, 1);
        Weather same = Weather.heavyTailed(11);
        Weather again = Weather.heavyTailed(11);
        DetectorState kept = DetectorState.initial(Instant.EPOCH, "v0");
        DetectorState restored = kept;
        for (int t = 0; t < 3000; t++) {
            String version = "v" + t / 700;
            double factor = t / 300 % 2 == 0 ? 1 : 2.2;
            kept = detector.next(kept, same.next(version, factor));
            restored = codec.decode(codec.encode(detector.next(restored, again.next(version, factor))));

            assertThat(restored).as("after %d", t).isEqualTo(kept);
        }
        assertThat(kept.best()).isNotNull();
    }

    private void learn() {
        feed(SETTINGS.reference() + 20, () -> weather.next("v1", 1));
        assertThat(state.state()).isEqualTo(DriftState.CALM);
        changes.clear();
    }

    private void feed(int count, Supplier<ForecastOutcome> outcomes) {
        for (int i = 0; i < count; i++) {
            ForecastOutcome outcome = outcomes.get();
            DetectorState after = detector.next(state, outcome);
            Transition.between(state, after, KJFK, outcome, SETTINGS).ifPresent(changes::add);
            state = after;
        }
    }

    private void feedUntil(DriftState wanted, Supplier<ForecastOutcome> outcomes) {
        for (int i = 0; i < 100 && state.state() != wanted; i++) {
            feed(1, outcomes);
        }
        assertThat(state.state()).isEqualTo(wanted);
    }
}
