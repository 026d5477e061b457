package io.aerocast.standalone.terminal;

import java.util.Arrays;

/// Small pictures made of characters.
public final class Pictures {

    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private Pictures() {}

    /// A progress bar.
    ///
    /// @param fraction done part of the work; clipped to 0 … 1
    public static Line bar(double fraction, int width) {
        int full = (int) Math.round(Math.clamp(fraction, 0, 1) * width);
        return Line.empty().add(Line.Style.ACCENT, "━".repeat(full)).dim("─".repeat(width - full));
    }

    /// A row of columns, one per value, scaled from 0 to the largest one.
    ///
    /// @param values oldest first; only the newest `width` are drawn
    /// @param scale value of a full column, unless a value is larger
    public static String sparkline(double[] values, int width, double scale) {
        double[] shown =
                values.length <= width ? values : Arrays.copyOfRange(values, values.length - width, values.length);
        double top = Math.max(scale, Arrays.stream(shown).max().orElse(0));
        StringBuilder out = new StringBuilder(" ".repeat(width - shown.length));
        for (double value : shown) {
            int level = top > 0 ? (int) Math.floor(value / top * LEVELS.length()) : 0;
            out.append(LEVELS.charAt(Math.clamp(level, 0, LEVELS.length() - 1)));
        }
        return out.toString();
    }
}
