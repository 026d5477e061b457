package io.aerocast.training.plot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// A plot as SVG, legible on light and dark backgrounds. Series are drawn in the order in which they are added; a
/// value that is `NaN` interrupts its line.
public final class Chart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 44;
    private static final double TITLE_CHARACTER = 7.6;

    /// Colours of Okabe and Ito, which colour-blind readers can distinguish, lighter ones on a dark background.
    private static final String STYLE = """
            .c{font:12px system-ui,sans-serif;color:#1b1b1b;fill:currentColor}
            .c .l{fill:none;stroke-width:1.6;stroke-linejoin:round}.c .d{stroke-linecap:round;stroke-width:2.6;fill:none;opacity:.45}
            .c .b{stroke:none;opacity:.22}.c .h{opacity:.75}.c .g{stroke:currentColor;opacity:.13}.c .r{stroke-dasharray:6 4}.c .t{opacity:.75}
            .c .k0{stroke:#1b1b1b}.c .k1{stroke:#0072b2}.c .k2{stroke:#d55e00}.c .k3{stroke:#777;stroke-dasharray:6 3}.c .k4{stroke:#009e73;stroke-dasharray:2 3}.c .k5{stroke:#cc79a7}.c .k6{stroke:#b37a00}
            .c .f0{fill:#1b1b1b}.c .f1{fill:#0072b2}.c .f2{fill:#d55e00}.c .f3{fill:#777}.c .f4{fill:#009e73}.c .f5{fill:#cc79a7}.c .f6{fill:#b37a00}
            @media(prefers-color-scheme:dark){.c{color:#e6e6e6}.c .k0{stroke:#e6e6e6}.c .k1{stroke:#56b4e9}.c .k2{stroke:#f0904a}.c .k3{stroke:#aaa}.c .k4{stroke:#3fc79f}.c .k5{stroke:#e0a3c4}.c .k6{stroke:#e6b450}
            .c .f0{fill:#e6e6e6}.c .f1{fill:#56b4e9}.c .f2{fill:#f0904a}.c .f3{fill:#aaa}.c .f4{fill:#3fc79f}.c .f5{fill:#e0a3c4}.c .f6{fill:#e6b450}}""";

    /// The role of a series, which determines its colour.
    public enum Ink {
        ACTUAL,
        FIRST,
        SECOND,
        PERSISTENCE,
        SEASONAL_NAIVE,
        THIRD,
        FOURTH
    }

    /// The quantity of the horizontal axis.
    public enum Axis {
        NUMBER,
        /// Seconds since 1970-01-01T00:00Z.
        TIME
    }

    private enum Shape {
        LINE,
        BAND,
        DOTS,
        BARS,
        LEVEL
    }

    /// @param y2 lower edge of a band, otherwise equal to `y`
    private record Series(Shape shape, String name, Ink ink, double[] x, double[] y, double[] y2) {}

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final Axis axis;
    private final List<Series> series = new ArrayList<>();
    private double[] shown = {};

    /// An empty plot.
    ///
    /// @param xLabel quantity of the horizontal axis, with its unit
    /// @param yLabel quantity of the vertical axis, with its unit
    public Chart(String title, String xLabel, String yLabel, Axis axis) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.axis = axis;
    }

    /// A line through points.
    ///
    /// @param x shape [n]
    /// @param y shape [n]
    public Chart line(String name, Ink ink, double[] x, double[] y) {
        return add(Shape.LINE, name, ink, x, y, y);
    }

    /// The area between two lines.
    ///
    /// @param x shape [n]
    /// @param lower shape [n]
    /// @param upper shape [n]
    public Chart band(String name, Ink ink, double[] x, double[] lower, double[] upper) {
        return add(Shape.BAND, name, ink, x, upper, lower);
    }

    /// Points.
    ///
    /// @param x shape [n]
    /// @param y shape [n]
    public Chart dots(String name, Ink ink, double[] x, double[] y) {
        return add(Shape.DOTS, name, ink, x, y, y);
    }

    /// Bars from zero.
    ///
    /// @param edges shape [n + 1]
    /// @param heights shape [n]
    public Chart bars(String name, Ink ink, double[] edges, double[] heights) {
        return add(Shape.BARS, name, ink, edges, heights, new double[heights.length]);
    }

    /// A dashed line across the plot.
    public Chart level(String name, double y) {
        return add(Shape.LEVEL, name, Ink.ACTUAL, new double[0], new double[] {y}, new double[] {y});
    }

    /// Includes values in the range of the vertical axis, whatever the series.
    public Chart showing(double... values) {
        shown = values.clone();
        return this;
    }

    private Chart add(Shape shape, String name, Ink ink, double[] x, double[] y, double[] y2) {
        series.add(new Series(shape, name, ink, x, y, y2));
        return this;
    }

    /// The picture, with its own style.
    public String svg() {
        Ticks x = axis == Axis.TIME ? Ticks.times(range(xs(), 0)) : Ticks.numbers(range(xs(), 0), WIDTH / 90);
        Ticks y = Ticks.numbers(range(ys(), 0.04), HEIGHT / 50);
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg class=\"c\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                        .formatted(WIDTH, HEIGHT, escaped(title)));
        svg.append("<style>").append(STYLE).append("</style>");
        svg.append(text(LEFT, 14, "start", title, "font-weight=\"600\""));
        legend(svg);
        for (double tick : y.values()) {
            double at = y(tick, y);
            svg.append(String.format(Locale.ROOT, "<path class=\"g\" d=\"M%d %.1fH%d\"/>", LEFT, at, WIDTH - RIGHT));
            svg.append(text(LEFT - 6, at + 4, "end", y.label(tick), "class=\"t\""));
        }
        for (double tick : x.values()) {
            svg.append(text(x(tick, x), HEIGHT - BOTTOM + 16, "middle", x.label(tick), "class=\"t\""));
        }
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", xLabel, "class=\"t\""));
        svg.append("<text class=\"t\" text-anchor=\"middle\" transform=\"translate(13 %d) rotate(-90)\">%s</text>"
                .formatted((TOP + HEIGHT - BOTTOM) / 2, escaped(yLabel)));
        for (Series one : series) {
            draw(svg, one, x, y);
        }
        return svg.append("</svg>").toString();
    }

    private void draw(StringBuilder svg, Series one, Ticks x, Ticks y) {
        int ink = one.ink.ordinal();
        switch (one.shape) {
            case LINE -> svg.append("<path class=\"l k%d\" d=\"%s\"/>".formatted(ink, line(one.x, one.y, x, y)));
            case BAND -> bands(svg, one, x, y);
            case DOTS -> svg.append("<path class=\"d k%d\" d=\"%s\"/>".formatted(ink, dots(one, x, y)));
            case BARS -> {
                for (int i = 0; i < one.y.length; i++) {
                    double from = x(one.x[i], x);
                    double top = y(one.y[i], y);
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect class=\"h f%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                            ink,
                            from + 0.5,
                            top,
                            Math.max(0.5, x(one.x[i + 1], x) - from - 1),
                            y(0, y) - top));
                }
            }
            case LEVEL ->
                svg.append(String.format(
                        Locale.ROOT,
                        "<path class=\"l r k0\" d=\"M%d %.1fH%d\"/>",
                        LEFT,
                        y(one.y[0], y),
                        WIDTH - RIGHT));
        }
    }

    /// Draws one shape per uninterrupted part of a band.
    private void bands(StringBuilder svg, Series one, Ticks x, Ticks y) {
        int from = 0;
        while (from < one.x.length) {
            int to = from;
            while (to < one.x.length && !Double.isNaN(one.y[to])) {
                to++;
            }
            if (to > from) {
                double[] upper = Arrays.copyOfRange(one.y, from, to);
                double[] lower = Arrays.copyOfRange(one.y2, from, to);
                double[] at = Arrays.copyOfRange(one.x, from, to);
                svg.append("<path class=\"b f%d\" d=\"%s%sZ\"/>"
                        .formatted(
                                one.ink.ordinal(),
                                line(at, upper, x, y),
                                line(reversed(at), reversed(lower), x, y).replaceFirst("M", "L")));
            }
            from = to + 1;
        }
    }

    private static String line(double[] xs, double[] ys, Ticks x, Ticks y) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isNaN(ys[i])) {
                drawing = false;
            } else {
                path.append(point(drawing ? "L" : "M", xs[i], ys[i], x, y));
                drawing = true;
            }
        }
        return path.toString();
    }

    private static String dots(Series one, Ticks x, Ticks y) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < one.x.length; i++) {
            if (!Double.isNaN(one.y[i])) {
                path.append(point("M", one.x[i], one.y[i], x, y)).append("h0");
            }
        }
        return path.toString();
    }

    private static String point(String how, double atX, double atY, Ticks x, Ticks y) {
        return String.format(Locale.ROOT, "%s%.1f %.1f", how, x(atX, x), y(atY, y));
    }

    private void legend(StringBuilder svg) {
        double at = LEFT + 8 + title.length() * TITLE_CHARACTER;
        for (Series one : series) {
            int ink = one.ink.ordinal();
            switch (one.shape) {
                case LINE -> svg.append(swatch("<path class=\"l k%d\" d=\"M%.0f 10h18\"/>", ink, at));
                case LEVEL -> svg.append(swatch("<path class=\"l r k%d\" d=\"M%.0f 10h18\"/>", ink, at));
                case DOTS -> svg.append(swatch("<path class=\"d k%d\" d=\"M%.0f 10h0m6 0h0m6 0h0\"/>", ink, at));
                case BAND -> svg.append(swatch("<path class=\"b f%d\" d=\"M%.0f 5h18v10h-18z\"/>", ink, at));
                case BARS -> svg.append(swatch("<path class=\"h f%d\" d=\"M%.0f 5h18v10h-18z\"/>", ink, at));
            }
            svg.append(text(at + 22, 14, "start", one.name, "class=\"t\""));
            at += 36 + one.name.length() * 6.3;
        }
    }

    private static String swatch(String format, int ink, double at) {
        return String.format(Locale.ROOT, format, ink, at);
    }

    private static String text(double x, double y, String anchor, String text, String attributes) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
                x,
                y,
                anchor,
                attributes,
                escaped(text));
    }

    private DoubleStream xs() {
        return series.stream().flatMapToDouble(one -> Arrays.stream(one.x));
    }

    private DoubleStream ys() {
        DoubleStream drawn = series.stream()
                .flatMapToDouble(one -> DoubleStream.concat(Arrays.stream(one.y), Arrays.stream(one.y2)));
        return DoubleStream.concat(Arrays.stream(shown), drawn);
    }

    /// The extremes, widened by a fraction of their distance; never an empty range.
    private static double[] range(DoubleStream values, double margin) {
        double[] known = values.filter(Double::isFinite).toArray();
        double least = Arrays.stream(known).min().orElse(0);
        double most = Arrays.stream(known).max().orElse(1);
        double spread = most > least ? most - least : 1;
        double least0 = least == 0 ? 0 : least - margin * spread;
        return new double[] {least0, most > least ? most + margin * spread : least + 1};
    }

    private static double x(double value, Ticks ticks) {
        return LEFT + (WIDTH - LEFT - RIGHT) * ticks.share(value);
    }

    private static double y(double value, Ticks ticks) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * ticks.share(value);
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /// Escapes a text for SVG and HTML.
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A scale and its labelled positions.
    ///
    /// @param from value at the start of the axis
    /// @param to value at its end
    private record Ticks(double from, double to, double[] values, DateTimeFormatter times) {

        private static final double[] ROUND = {1, 2, 2.5, 5, 10};
        private static final long HOUR = 3600;
        private static final long[] TIMES = {
            1,
            5,
            10,
            30,
            60,
            300,
            600,
            1800,
            HOUR,
            3 * HOUR,
            6 * HOUR,
            12 * HOUR,
            24 * HOUR,
            48 * HOUR,
            7 * 24 * HOUR,
            14 * 24 * HOUR,
            30 * 24 * HOUR,
            91 * 24 * HOUR,
            365 * 24 * HOUR
        };
        private static final DateTimeFormatter NONE = DateTimeFormatter.ofPattern("''", Locale.ROOT);

        static Ticks numbers(double[] range, int most) {
            double rough = (range[1] - range[0]) / most;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double step = Arrays.stream(ROUND)
                    .map(r -> r * power)
                    .filter(s -> s >= rough)
                    .min()
                    .orElse(10 * power);
            return of(range, step, NONE);
        }

        static Ticks times(double[] range) {
            double rough = (range[1] - range[0]) / (WIDTH / 90.0);
            long step = Arrays.stream(TIMES).filter(s -> s >= rough).min().orElse(TIMES[TIMES.length - 1]);
            String pattern = step >= 24 * HOUR ? "d MMM" : step >= 60 ? "d MMM HH:mm" : "HH:mm:ss";
            return of(
                    range,
                    step,
                    DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC));
        }

        private static Ticks of(double[] range, double step, DateTimeFormatter times) {
            double first = Math.ceil(range[0] / step - 1e-9) * step;
            double[] values = DoubleStream.iterate(first, v -> v <= range[1] + 1e-9 * step, v -> v + step)
                    .toArray();
            return new Ticks(range[0], range[1], values, times);
        }

        double share(double value) {
            return (value - from) / (to - from);
        }

        String label(double tick) {
            if (times != NONE) {
                return times.format(Instant.ofEpochSecond((long) tick));
            }
            String text = String.format(Locale.ROOT, "%.4f", tick + 0.0).replaceFirst("\\.?0+$", "");
            return text.equals("-0") ? "0" : text;
        }
    }
}
