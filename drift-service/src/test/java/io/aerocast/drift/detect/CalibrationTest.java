package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.DriftState;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Monte Carlo simulation with fixed seeds: false alarm rate and detection delay of the defaults. The measured
/// numbers are in `docs/drift.md`.
class CalibrationTest {

    private static final DetectProperties SETTINGS = DetectProperties.defaults();
    private static final int HOURS_PER_YEAR = 8_760;

    private final Detector detector = new Detector(SETTINGS);

    @Test
    void aCalmYearHasLessThanOneFalseAlarmOnAverage() {
        assertThat(falseAlarmsOfTwentyYears(Weather::gaussian)).isLessThan(20);
        assertThat(falseAlarmsOfTwentyYears(Weather::heavyTailed)).isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({"2, 20", "3, 10"})
    void detectsLargerErrorsSoon(double factor, double meanDelay) {
        assertThat(meanDelay(Weather::gaussian, factor)).isLessThan(meanDelay);
        assertThat(meanDelay(Weather::heavyTailed, factor)).isLessThan(meanDelay);
    }

    private int falseAlarmsOfTwentyYears(LongFunction<Weather> weathers) {
        int alarms = 0;
        for (long seed = 0; seed < 20; seed++) {
            Weather weather = weathers.apply(seed);
            DetectorState state = DetectorState.initial(weather.next("v1", 1).at(), "v1");
            for (int hour = 0; hour < HOURS_PER_YEAR; hour++) {
                DetectorState after = detector.next(state, weather.next("v1", 1));
                alarms += after.state() == DriftState.DRIFT && state.state() != DriftState.DRIFT ? 1 : 0;
                state = after;
            }
        }
        return alarms;
    }

    private double meanDelay(LongFunction<Weather> weathers, double factor) {
        int runs = 200;
        int delays = 0;
        for (long seed = 0; seed < runs; seed++) {
            Weather weather = weathers.apply(seed);
            DetectorState state = DetectorState.initial(weather.next("v1", 1).at(), "v1");
            for (int hour = 0; hour < SETTINGS.reference() + 50; hour++) {
                state = detector.next(state, weather.next("v1", 1));
            }
            int delay = 0;
            while (state.state() != DriftState.DRIFT && delay < 1000) {
                state = detector.next(state, weather.next("v1", factor));
                delay++;
            }
            delays += delay;
        }
        return (double) delays / runs;
    }
}
