package io.aerocast.standalone.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The output of a command for a person: lines that stay and, on a terminal, lines below them that are redrawn in
/// place. Without a terminal, only the lines that stay are written, without colour.
public final class Screen implements AutoCloseable {

    private static final long WIDTH_VALID_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PrintStream out;
    private final boolean live;
    private final boolean colour;
    private int columns;
    private long columnsReadAt = System.nanoTime();
    private List<Line> shown = List.of();
    private boolean closed;
    private int rowsBelow;

    Screen(PrintStream out, boolean live, boolean colour, int columns) {
        this.out = out;
        this.live = live;
        this.colour = colour;
        this.columns = columns;
    }

    /// Width of the terminal as the launcher found it at the start; 80 if unknown.
    public static int columns() {
        return Integer.getInteger("aerocast.columns", 80);
    }

    /// Standard error. The launcher passes whether it is a terminal; `NO_COLOR` and `TERM=dumb` are respected.
    public static Screen standardError() {
        boolean terminal = Boolean.getBoolean("aerocast.terminal");
        boolean capable = terminal && !"dumb".equals(System.getenv("TERM"));
        boolean colour = capable && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return new Screen(System.err, capable, colour, columns());
    }

    /// Characters per line; unlimited without a terminal.
    public synchronized int width() {
        if (!live) {
            return Integer.MAX_VALUE;
        }
        if (System.nanoTime() - columnsReadAt > WIDTH_VALID_NANOS) {
            columns = currentColumns(columns);
            columnsReadAt = System.nanoTime();
        }
        return columns;
    }

    /// Writes a line that stays.
    public synchronized void print(Line line) {
        StringBuilder text = new StringBuilder(erase());
        text.append(line.render(colour, live ? Integer.MAX_VALUE : width())).append('\n');
        draw(text);
    }

    /// Replaces the lines at the bottom.
    public synchronized void show(List<Line> lines) {
        if (!live || closed || lines.equals(shown)) {
            return;
        }
        StringBuilder text = new StringBuilder(erase());
        shown = List.copyOf(lines);
        draw(text);
    }

    /// Removes the lines at the bottom. Later calls of [#show] have no effect.
    @Override
    public synchronized void close() {
        show(List.of());
        closed = true;
        out.flush();
    }

    private void draw(StringBuilder text) {
        int width = width();
        for (Line line : shown) {
            // One column less, because a full line wraps on some terminals.
            text.append(line.render(colour, width - 1)).append('\n');
        }
        rowsBelow = shown.size();
        out.print(text);
        out.flush();
    }

    private String erase() {
        return rowsBelow == 0 ? "" : "\033[%dA\r\033[J".formatted(rowsBelow);
    }

    /// Asks `stty` if there is one, since Java does not know the size of a terminal.
    private static int currentColumns(int before) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size =
                    new String(stty.getInputStream().readAllBytes()).trim().split(" ");
            int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return columns > 0 ? columns : before;
        } catch (IOException | NumberFormatException _) {
            return before;
        }
    }
}
