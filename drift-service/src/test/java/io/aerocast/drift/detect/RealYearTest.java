package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.DriftState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A real year without drift of the models: every alarm is a false one. The measured numbers are in
/// `docs/drift.md`.
class RealYearTest {

    private static final DetectProperties SETTINGS = DetectProperties.defaults();

    private final Detector detector = new Detector(SETTINGS);

    @Test
    void hasAtMostOneFalseAlarm() throws IOException {
        RealYear year = RealYear.read();

        assertThat(alarms(year.persistence())).isLessThanOrEqualTo(1);
        assertThat(alarms(year.autoregression())).isLessThanOrEqualTo(1);
    }

    /// Learns the reference from 20 different starts in the first half of the year.
    @Test
    void hasFewFalseAlarmsWhereverLearningStarts() throws IOException {
        List<ForecastOutcome> outcomes = RealYear.read().autoregression();
        List<Integer> alarms = new ArrayList<>();
        for (int begin = 0; begin < 4_400; begin += 220) {
            alarms.add(alarms(outcomes.subList(begin, outcomes.size())));
        }

        assertThat(alarms.stream().mapToInt(a -> a).average().orElseThrow()).isLessThan(1.5);
    }

    @Test
    void detectsADoubledErrorWithinADay() throws IOException {
        List<Integer> persistence = delays(RealYear.read().persistence());
        List<Integer> autoregression = delays(RealYear.read().autoregression());

        assertThat(median(persistence)).isLessThanOrEqualTo(20);
        assertThat(median(autoregression)).isLessThanOrEqualTo(20);
        assertThat(mean(autoregression)).isLessThanOrEqualTo(24);
    }

    private int alarms(List<ForecastOutcome> outcomes) {
        int alarms = 0;
        DetectorState state = initial(outcomes);
        for (ForecastOutcome outcome : outcomes) {
            DetectorState after = detector.next(state, outcome);
            alarms += after.episode() != null && !after.episode().equals(state.episode()) ? 1 : 0;
            state = after;
        }
        return alarms;
    }

    /// Observations from the doubling of the error to the alarm, for doublings throughout the year.
    private List<Integer> delays(List<ForecastOutcome> outcomes) {
        List<Integer> delays = new ArrayList<>();
        for (int begin = 0; begin + 600 < outcomes.size(); begin += 97) {
            DetectorState state = initial(outcomes.subList(begin, outcomes.size()));
            int change = begin + SETTINGS.reference() + 50;
            for (int t = begin; t < change; t++) {
                state = detector.next(state, outcomes.get(t));
            }
            if (state.state() == DriftState.DRIFT) {
                continue;
            }
            int delay = 0;
            while (state.state() != DriftState.DRIFT && delay < 300) {
                state = detector.next(state, doubled(outcomes.get(change + delay)));
                delay++;
            }
            delays.add(delay);
        }
        return delays;
    }

    private static ForecastOutcome doubled(ForecastOutcome o) {
        return new ForecastOutcome(
                o.at(), o.version(), o.actual() - 2 * (o.actual() - o.predicted()), o.actual(), o.persistence());
    }

    private static DetectorState initial(List<ForecastOutcome> outcomes) {
        return DetectorState.initial(outcomes.getFirst().at(), "v1");
    }

    private static int median(List<Integer> values) {
        List<Integer> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static double mean(List<Integer> values) {
        return values.stream().mapToInt(v -> v).average().orElseThrow();
    }
}
