package io.aerocast.trainer.judge;

import java.util.Locale;

/// One thing that a candidate had to show.
///
/// @param passed whether it did
/// @param text what was measured
record Finding(boolean passed, String text) {

    static Finding of(boolean passed, String format, Object... values) {
        return new Finding(passed, String.format(Locale.ROOT, format, values));
    }
}
