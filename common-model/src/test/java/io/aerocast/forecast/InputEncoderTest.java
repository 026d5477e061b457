package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputEncoderTest {

    private static final double MISSING = Double.NaN;

    private final InputEncoder encoder = new InputEncoder(
            new Scaler(new double[] {10, 1000}, new double[] {2, 5}),
            new double[] {0.5, 10},
            List.of(Duration.ofHours(24), Duration.ofHours(8)),
            Duration.ofHours(1));

    /// Standardised 0, 1, 1 and 0, 2, 2; changes 2 K and 10 hPa in units of 0.5 K and 10 hPa.
    @Test
    void encodesLevelsAndChanges() {
        double[][] rows = {{10, 1000}, {12, 1010}, {12, 1010}};

        double[][] encoded = encoder.encode(new Lookback(rows, null), 3);

        assertThat(encoded[0]).containsExactly(0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(encoded[1]).containsExactly(new double[] {1, 2, 4, 1, 0, 0, 0, 0}, within(1e-12));
        assertThat(encoded[2]).containsExactly(new double[] {1, 2, 0, 0, 0, 0, 0, 0}, within(1e-12));
    }

    /// At 06:00 the day is at a quarter and the third of a day at three quarters; an hour before 15° and 45° less.
    @Test
    void encodesThePhaseOfEachCycleAtEachStep() {
        double[][] rows = {{10, 1000}, {10, 1000}};

        double[][] encoded = encoder.encode(new Lookback(rows, Instant.parse("2013-05-09T06:00:00Z")), 2);

        double day = Math.toRadians(75);
        double shift = Math.toRadians(225);
        assertThat(encoded[1]).containsExactly(new double[] {0, 0, 0, 0, 0, 1, 0, -1}, within(1e-12));
        assertThat(encoded[0])
                .containsExactly(
                        new double[] {0, 0, 0, 0, Math.cos(day), Math.sin(day), Math.cos(shift), Math.sin(shift)},
                        within(1e-12));
    }

    /// Later readings never fill earlier gaps.
    @Test
    void fillsAMissingReadingFromThePastOnly() {
        double[][] rows = {{MISSING, 1000}, {12, MISSING}, {14, 1005}};

        double[][] encoded = encoder.encode(new Lookback(rows, null), 3);

        assertThat(encoded[0]).startsWith(0, 0, 0, 0);
        assertThat(encoded[1]).startsWith(1, 0, 0, 0);
        assertThat(encoded[2]).startsWith(2, 1, 4, 0.5);
    }

    @Test
    void refusesPartsThatDoNotFitTogether() {
        Scaler scaler = encoder.scaler();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputEncoder(scaler, new double[] {1}, List.of(), Duration.ofHours(1)))
                .withMessage("An encoder needs the size of the change of each of 2 features, found 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputEncoder(scaler, new double[] {1, 0}, List.of(), Duration.ofHours(1)))
                .withMessage("The sizes of an encoder's changes must be positive, found 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InputEncoder(scaler, new double[0], List.of(Duration.ZERO), Duration.ofHours(1)))
                .withMessage("An encoder's cadence and cycles must be positive, found PT1H and [PT0S]");
    }
}
