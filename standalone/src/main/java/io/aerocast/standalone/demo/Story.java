package io.aerocast.standalone.demo;

import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Line.Style;
import io.aerocast.standalone.terminal.Screen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Prints events, one entry after another: time since the start, pipeline, headline, and details with numbers. Long
/// details continue below their own column.
final class Story {

    private static final int TIME = 6;
    private static final int PIPELINE = TIME + 2;
    private static final int HEADLINE = PIPELINE + 5;
    private static final int DETAIL = HEADLINE + 16;

    private final Screen screen;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    Story(Screen screen) {
        this.screen = screen;
    }

    /// Wall-clock time of the start.
    Instant startedAt() {
        return startedAt;
    }

    /// Time since the start.
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /// Prints one entry.
    ///
    /// @param pipeline its name, or blank
    /// @param headline at most 15 characters
    /// @param detail numbers and consequences
    void print(String pipeline, Style style, String headline, String detail) {
        List<String> rows = wrapped(detail, screen.width() - DETAIL - 1);
        Line first =
                Line.empty().dim(time(elapsed())).tab(PIPELINE).plain(pipeline).tab(HEADLINE);
        screen.print(first.add(style, headline).tab(DETAIL).plain(rows.getFirst()));
        rows.stream()
                .skip(1)
                .forEach(row -> screen.print(Line.of(" ".repeat(DETAIL)).plain(row)));
    }

    private static String time(Duration elapsed) {
        return "%3d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    /// Splits text at blanks so that no row is longer than a width, words excepted.
    static List<String> wrapped(String text, int width) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!row.isEmpty() && row.length() + 1 + word.length() > width) {
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }
}
