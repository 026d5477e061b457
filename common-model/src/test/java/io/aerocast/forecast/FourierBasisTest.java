package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.FourierBasis.Wave;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FourierBasisTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final FourierBasis basis =
            new FourierBasis(List.of(new Season(Duration.ofHours(24), 2), new Season(Duration.ofHours(8766), 1)));

    @Test
    void eachTermIsTheProductOfItsFactors() {
        Instant time = Instant.ofEpochMilli(1234 * HOUR);
        double[] terms = basis.at(time);
        List<List<Wave>> factors = basis.factors();

        assertThat(factors).hasSize(terms.length).doesNotHaveDuplicates();
        for (int i = 0; i < terms.length; i++) {
            double product = factors.get(i).stream()
                    .mapToDouble(wave -> value(wave, 1234))
                    .reduce(1, (a, b) -> a * b);
            assertThat(terms[i]).as("term %d", i).isCloseTo(product, within(1e-12));
        }
    }

    private static double value(Wave wave, int hour) {
        double angle =
                2 * Math.PI * wave.harmonic() * hour / wave.season().period().toHours();
        return wave.sine() ? Math.sin(angle) : Math.cos(angle);
    }
}
