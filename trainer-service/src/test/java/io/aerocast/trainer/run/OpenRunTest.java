package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenRunTest {

    private static final Instant CHANGE = Instant.parse("2026-11-23T03:51:00Z");

    private final OpenRun run = new OpenRun(signal("first", RetrainReason.DRIFT, "temperature", CHANGE));

    @Test
    void takesSignalsOfTheSameFeatureThatAskForHealing() {
        assertThat(run.merge(signal("drift", RetrainReason.DRIFT, "temperature", CHANGE)))
                .isTrue();
        assertThat(run.merge(signal("degraded", RetrainReason.DEGRADED, "temperature", CHANGE)))
                .isTrue();
        assertThat(run.merge(signal("wind", RetrainReason.DRIFT, "windspeed", CHANGE)))
                .isFalse();
        assertThat(run.merge(signal("all", RetrainReason.DRIFT, null, CHANGE))).isFalse();
        assertThat(run.merge(signal("routine", RetrainReason.SCHEDULE, "temperature", CHANGE)))
                .isFalse();
        assertThat(run.merged()).containsExactly("drift", "degraded");
    }

    @Test
    void theEarliestChangeCountsSoThatLaterSignalsCannotProlongTheWait() {
        run.merge(signal("later", RetrainReason.DRIFT, "temperature", CHANGE.plusSeconds(9_999)));
        assertThat(run.changedSince()).isEqualTo(CHANGE);

        run.merge(signal("earlier", RetrainReason.DRIFT, "temperature", CHANGE.minusSeconds(60)));
        assertThat(run.changedSince()).isEqualTo(CHANGE.minusSeconds(60));

        run.merge(signal("unknown", RetrainReason.DRIFT, "temperature", null));
        assertThat(run.changedSince()).isNull();
    }

    @Test
    void takesNoMoreSignalsOnceItsDataAreCollected() {
        assertThat(run.freeze(CHANGE.minusSeconds(1))).isFalse();
        assertThat(run.freeze(CHANGE)).isTrue();

        assertThat(run.merge(signal("late", RetrainReason.DRIFT, "temperature", CHANGE)))
                .isFalse();
    }

    @Test
    void keepsABoundedNumberOfIds() {
        for (int i = 0; i < 2 * OpenRun.MOST_MERGED; i++) {
            assertThat(run.merge(signal("flood-" + i, RetrainReason.DRIFT, "temperature", CHANGE)))
                    .isTrue();
        }

        assertThat(run.merged()).hasSize(OpenRun.MOST_MERGED);
    }

    private static RetrainSignal signal(
            String id, RetrainReason reason, @Nullable String feature, @Nullable Instant changedSince) {
        return new RetrainSignal(id, "noaa", reason, CHANGE, "KJFK", feature, changedSince, "a test", Map.of());
    }
}
