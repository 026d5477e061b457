package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyTermsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final FourierBasis day = new FourierBasis(List.of(new Season(Duration.ofHours(24), 1)));

    /// At 3 o'clock, cosine and sine of the day are both √½. The means are 10 and 1000.
    @Test
    void wavesModulateTheNewestAnomalies() {
        AnomalyTerms terms = new AnomalyTerms(HOUR, day, 2, true, List.of(0, 1), 2, 2);
        Instant three = Instant.parse("2026-03-01T03:00:00Z");
        Lookback lookback = new Lookback(new double[][] {{9, 1003}, {11, 1004}, {14, 1006}}, three);

        double[] values = terms.of(lookback, three, _ -> new double[] {10, 1000});

        double wave = Math.sqrt(0.5);
        double[] expected = {
            1, wave, wave, // constant and waves
            3, 2, // differences
            4, // level
            6, 4, // the other feature
            3 * wave, 3 * wave, 4 * wave, 4 * wave, 6 * wave, 6 * wave
        };
        assertThat(values).hasSize(terms.size()).containsExactly(expected, within(1e-12));
    }

    @Test
    void cannotHaveMoreModulationsThanWaves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnomalyTerms(HOUR, day, 2, true, List.of(0), 2, 3))
                .withMessageContaining("3 modulations of 2 waves");
    }
}
