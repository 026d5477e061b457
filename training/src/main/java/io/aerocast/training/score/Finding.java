package io.aerocast.training.score;

import java.util.Locale;

/// One thing that a candidate had to show.
///
/// @param check its name, such as `persistence`; one of few
/// @param passed whether it did
/// @param text what was measured, in words
public record Finding(String check, boolean passed, String text) {

    public static Finding of(String check, boolean passed, String format, Object... values) {
        return new Finding(check, passed, String.format(Locale.ROOT, format, values));
    }
}
