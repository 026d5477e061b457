package io.aerocast.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.standalone.terminal.Line.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void stylesBecomeEscapesOnlyWithColour() {
        Line line = Line.of("a ").add(Style.GOOD, "b");

        assertThat(line.render(true, 80)).isEqualTo("a \033[32mb\033[0m");
        assertThat(line.render(false, 80)).isEqualTo("a b");
        assertThat(line.width()).isEqualTo(3);
    }

    @Test
    void endsACutLineWithAnEllipsis() {
        Line line = Line.of("abc").bold("defgh");

        assertThat(line.render(false, 8)).isEqualTo("abcdefgh");
        assertThat(line.render(false, 6)).isEqualTo("abcde…");
        assertThat(line.render(false, 3)).isEqualTo("ab…");
        assertThat(line.render(true, 6)).isEqualTo("abc\033[1mde…\033[0m");
    }

    @Test
    void tabsAlignAndAlwaysSeparate() {
        assertThat(Line.of("ab").tab(5).plain("c").toString()).isEqualTo("ab   c");
        assertThat(Line.of("abcdef").tab(5).plain("c").toString()).isEqualTo("abcdef c");
    }

    @Test
    void aBarShowsTheDonePart() {
        assertThat(Pictures.bar(0, 4).toString()).isEqualTo("────");
        assertThat(Pictures.bar(0.5, 4).toString()).isEqualTo("━━──");
        assertThat(Pictures.bar(7, 4).toString()).isEqualTo("━━━━");
    }

    @Test
    void aSparklineShowsTheNewestValues() {
        assertThat(Pictures.sparkline(new double[] {9, 0, 1, 2, 4}, 4, 0)).isEqualTo("▁▃▅█");
        assertThat(Pictures.sparkline(new double[] {1}, 3, 8)).isEqualTo("  ▂");
        assertThat(Pictures.sparkline(new double[] {0, 0}, 2, 0)).isEqualTo("▁▁");
    }

    @Test
    void linesAtTheBottomAreRedrawnInPlace() {
        Screen screen = screen(true);
        screen.show(List.of(Line.of("one"), Line.of("two")));
        screen.print(Line.of("stays"));
        screen.close();

        String up = "\033[2A\r\033[J";
        assertThat(written()).isEqualTo("one\ntwo\n" + up + "stays\none\ntwo\n" + up);
    }

    @Test
    void withoutATerminalOnlyPlainLinesThatStayAreWritten() {
        Screen screen = screen(false);
        screen.show(List.of(Line.of("one")));
        screen.print(Line.empty().bold("stays"));
        screen.close();

        assertThat(written()).isEqualTo("stays\n");
    }

    private Screen screen(boolean live) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), live, false, 80);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
