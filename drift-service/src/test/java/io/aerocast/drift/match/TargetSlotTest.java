package io.aerocast.drift.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.drift.match.TargetSlot.Met;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Forecast;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TargetSlotTest {

    private static final Instant TARGET = Instant.parse("2013-01-01T07:00:00Z");
    private static final Forecast FORECAST = forecast("a", 4.1);

    @Test
    void aForecastMeetsWhatComesTrueAfterIt() {
        Met waiting = TargetSlot.EMPTY.forecast(FORECAST);
        assertThat(waiting.evaluations()).isEmpty();

        Met met = waiting.slot().observed(3.9);

        assertThat(met.evaluations())
                .containsExactly(new Evaluation(
                        "a",
                        "noaa",
                        "KJFK",
                        "gru",
                        "v1",
                        TARGET,
                        1,
                        4.1,
                        3.9,
                        4.4,
                        EvaluationSource.MATCHED,
                        4.1 - 1,
                        4.1 + 1));
    }

    @Test
    void aForecastMeetsWhatHasComeTrueBeforeIt() {
        Met met = TargetSlot.EMPTY.observed(3.9).slot().forecast(FORECAST);

        assertThat(met.evaluations()).extracting(Evaluation::actual).containsExactly(3.9);
    }

    @Test
    void eachForecastMeetsItOnce() {
        Met met = TargetSlot.EMPTY
                .forecast(FORECAST)
                .slot()
                .forecast(FORECAST)
                .slot()
                .forecast(forecast("b", 5))
                .slot()
                .observed(3.9);
        assertThat(met.evaluations()).extracting(Evaluation::forecastId).containsExactly("a", "b");

        assertThat(met.slot().forecast(FORECAST).evaluations()).isEmpty();
        assertThat(met.slot().observed(3.9).evaluations()).isEmpty();
    }

    private static Forecast forecast(String id, double value) {
        return new Forecast(
                id,
                "noaa",
                "KJFK",
                "gru",
                "v1",
                TARGET.minusSeconds(3600),
                TARGET,
                1,
                value,
                value - 1,
                value + 1,
                4.4);
    }
}
