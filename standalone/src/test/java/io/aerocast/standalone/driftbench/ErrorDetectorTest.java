package io.aerocast.standalone.driftbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Against the alarms of River 0.26 on streams of CPython: 1,000 of `random.choices([0, 1])`, then 1,000 of
/// `random.choices(range(4, 8))`.
class ErrorDetectorTest {

    @Test
    void pageHinkleyAlarmsWhereRiverDoes() throws IOException {
        assertThat(alarms(new PageHinkley(), "page-hinkley.txt")).startsWith(1006);
    }

    @Test
    void adwinAlarmsWhereRiverDoes() throws IOException {
        assertThat(alarms(new Adwin(), "adwin.txt")).containsExactly(1023, 2015, 3007);
    }

    /// Shares below or at 2: 1 of 3 in the first, 3 of 3 in the second.
    @Test
    void theDistanceOfTwoSamplesIsTheLargestOfTheirDistributions() {
        assertThat(Kswin.distance(new double[] {2, 3, 5}, new double[] {0, 1, 2}))
                .isEqualTo(2.0 / 3, within(1e-12));
    }

    @Test
    void kswinAlarmsSoonAfterAStepAndNotBefore() {
        Kswin detector = new Kswin(new SplittableRandom(5));
        SplittableRandom random = new SplittableRandom(6);
        int alarm = -1;
        for (int i = 0; i < 400 && alarm < 0; i++) {
            alarm = detector.add(random.nextDouble() + (i < 200 ? 0 : 2)) ? i : -1;
        }
        assertThat(alarm).isBetween(200, 230);
    }

    private static List<Integer> alarms(ErrorDetector detector, String stream) throws IOException {
        List<Integer> alarms = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(ErrorDetectorTest.class.getResourceAsStream(stream))) {
            byte[] digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < digits.length; i++) {
                if (detector.add(digits[i] - '0')) {
                    alarms.add(i);
                }
            }
        }
        return alarms;
    }
}
