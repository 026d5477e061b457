package io.aerocast.training.score;

import java.util.Locale;

/// The result of one check of a model.
///
/// @param check name of the check, one of few: `persistence`, `coverage`, `lag` …
/// @param passed whether the model passed it
/// @param text the measurement and its limit, for a person
public record Finding(String check, boolean passed, String text) {

    /// Formats the text in the root locale.
    public static Finding of(String check, boolean passed, String format, Object... values) {
        return new Finding(check, passed, String.format(Locale.ROOT, format, values));
    }
}
