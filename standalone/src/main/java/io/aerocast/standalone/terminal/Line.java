package io.aerocast.standalone.terminal;

import java.util.ArrayList;
import java.util.List;

/// One line of text whose parts have styles. Widths count characters, not escape sequences.
public final class Line {

    /// Style of a part of a line, as the parameters of an ANSI escape sequence.
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        GOOD("32"),
        BAD("31"),
        NOTICE("33"),
        ACCENT("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private record Part(Style style, String text) {}

    private final List<Part> parts = new ArrayList<>();

    /// An empty line.
    public static Line empty() {
        return new Line();
    }

    /// A line with one plain part.
    public static Line of(String text) {
        return new Line().plain(text);
    }

    public Line plain(String text) {
        return add(Style.PLAIN, text);
    }

    public Line dim(String text) {
        return add(Style.DIM, text);
    }

    public Line bold(String text) {
        return add(Style.BOLD, text);
    }

    /// Appends a part.
    public Line add(Style style, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(style, text));
        }
        return this;
    }

    /// Appends another line.
    public Line add(Line other) {
        parts.addAll(other.parts);
        return this;
    }

    /// Appends blanks up to a column, at least one.
    public Line tab(int column) {
        return plain(" ".repeat(Math.max(1, column - width())));
    }

    /// Number of characters on the screen.
    public int width() {
        return parts.stream().mapToInt(p -> p.text.length()).sum();
    }

    /// The text, cut to a width; `…` is its last character if it was cut.
    ///
    /// @param colour whether styles become escape sequences
    public String render(boolean colour, int width) {
        StringBuilder out = new StringBuilder();
        int left = width;
        boolean cut = width() > width;
        for (Part part : parts) {
            String text = part.text;
            if (cut && text.length() >= left) {
                text = text.substring(0, Math.max(0, left - 1)) + "…";
            }
            boolean styled = colour && !part.style.code.isEmpty();
            out.append(styled ? "\033[" + part.style.code + "m" : "")
                    .append(text)
                    .append(styled ? "\033[0m" : "");
            left -= text.length();
            if (left <= 0) {
                break;
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return render(false, Integer.MAX_VALUE);
    }
}
