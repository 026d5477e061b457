package io.aerocast.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequireTest {

    @Test
    void namesTheComponentTheRequirementAndTheValue() {
        assertRefused(() -> Require.text("a station", " "), "a station must not be empty");
        assertRefused(() -> Require.text("a station", null), "a station must not be empty");
        assertRefused(() -> Require.present("a time", null), "a time is missing");
        assertRefused(() -> Require.finite("a value", Double.NaN), "a value must be finite, found NaN");
        assertRefused(() -> Require.atLeast("epochs", 1, 0), "epochs must be at least 1, found 0");
        assertRefused(() -> Require.positive("ridge", 0), "ridge must be a finite number above 0, found 0.0");
        assertRefused(
                () -> Require.positive("ridge", Double.POSITIVE_INFINITY),
                "ridge must be a finite number above 0, found Infinity");
        assertRefused(
                () -> Require.between("coverage", 0.5, 0.999, 1), "coverage must lie between 0.5 and 0.999, found 1.0");
        assertRefused(
                () -> Require.between("coverage", 0.5, 0.999, Double.NaN),
                "coverage must lie between 0.5 and 0.999, found NaN");
    }

    @Test
    void acceptsTheBounds() {
        assertThatNoException().isThrownBy(() -> {
            Require.atLeast("epochs", 1, 1);
            Require.positive("ridge", Double.MIN_VALUE);
            Require.between("coverage", 0.5, 0.999, 0.5);
            Require.between("coverage", 0.5, 0.999, 0.999);
        });
    }

    @Test
    void sortsByKeyAndDropsMissingValues() {
        Map<String, Double> map = new HashMap<>();
        map.put("b", 1.0);
        map.put("a", null);
        map.put("A", 2.0);

        assertThat(Require.sorted(map)).containsExactly(Map.entry("A", 2.0), Map.entry("b", 1.0));
        assertThat(Require.sorted(null)).isEmpty();
    }

    private static void assertRefused(ThrowingCallable check, String message) {
        assertThatIllegalArgumentException().isThrownBy(check).withMessage(message);
    }
}
