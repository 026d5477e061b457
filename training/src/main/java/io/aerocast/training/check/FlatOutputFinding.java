package io.aerocast.training.check;

import java.util.Locale;

/// What one check of [FlatOutputCheck] found.
///
/// @param symptom what was looked for
/// @param passed whether it is absent
/// @param horizon the horizon, in steps, at which it is worst
/// @param value what was measured there
/// @param text the measurement and what is allowed, in words
public record FlatOutputFinding(Symptom symptom, boolean passed, int horizon, double value, String text) {

    static FlatOutputFinding of(Symptom symptom, boolean passed, int horizon, double value, String format) {
        return new FlatOutputFinding(
                symptom, passed, horizon, value, String.format(Locale.ROOT, format, value, horizon));
    }
}
