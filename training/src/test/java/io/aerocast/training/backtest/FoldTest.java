package io.aerocast.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final Pipeline PIPELINE = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            2,
            List.of(1),
            List.of());

    @Test
    void oneFoldIsTheLastQuarter() {
        assertThat(Fold.layout(PIPELINE, hour(0), hour(100), 0.75, 1))
                .containsExactly(new Fold(1, hour(75), hour(101)));
    }

    @Test
    void severalFoldsFollowEachOtherToTheEnd() {
        assertThat(Fold.layout(PIPELINE, hour(0), hour(100), 0.4, 3))
                .containsExactly(
                        new Fold(1, hour(40), hour(60)),
                        new Fold(2, hour(60), hour(80)),
                        new Fold(3, hour(80), hour(101)));
    }

    @Test
    void refusesALayoutThatLeavesNothing() {
        assertThatThrownBy(() -> Fold.layout(PIPELINE, hour(0), hour(9), 1, 1)).hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> Fold.layout(PIPELINE, hour(0), hour(9), 0.5, 0))
                .hasMessageContaining("found 0");
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }
}
