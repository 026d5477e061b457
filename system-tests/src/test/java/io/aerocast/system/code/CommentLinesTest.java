package io.aerocast.system.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The formatter wraps a comment line that exceeds its width and leaves the rest in a line of its own, which spoils
/// a paragraph, a table and the indentation of a list. Comments are filled by hand, at 116 columns or less.
class CommentLinesTest {

    /// A line that is at least as wide may have been wrapped.
    private static final int WRAPPED = 85;

    /// The maximum width of a line that is filled by hand: a wider one comes from the formatter.
    private static final int FILLED = 116;

    /// The widest rest that counts as left over, and its number of words.
    private static final int REST = 30;

    private static final int WORDS = 4;

    private static final Pattern COMMENT = Pattern.compile("\\s*///?( *)(.*)");

    @Test
    void noCommentWasBrokenByTheFormatter() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i : brokenLines(lines)) {
                broken.add("%s:%d %s".formatted(file.getFileName(), i + 1, lines.get(i)));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void findsARestWithinAParagraph() {
        assertThat(brokenLines(WIDE, "/// alone", "/// and the sentence goes on here"))
                .containsExactly(1);
        assertThat(brokenLines(WIDE, "/// the end of it.", "/// Another sentence."))
                .containsExactly(1);
        assertThat(brokenLines(WIDE, "/// a line that is filled like the others are", "/// on and on"))
                .isEmpty();
        assertThat(brokenLines("/// narrow", "/// alone", "/// and on")).isEmpty();
        assertThat(brokenLines(WIDE, "/// alone", "/// - a list")).isEmpty();
        assertThat(brokenLines(WIDE, "/// alone", "///", "/// Another paragraph."))
                .isEmpty();
    }

    @Test
    void findsARestAtTheEndOfAParagraph() {
        String wider = WIDE + " a".repeat((118 - WIDE.length()) / 2);

        assertThat(brokenLines(wider, "/// the end.", "class Example {")).containsExactly(1);
        assertThat(brokenLines(wider, "/// the end.")).containsExactly(1);
        assertThat(brokenLines(WIDE, "/// the end.", "class Example {")).isEmpty();
        assertThat(brokenLines(wider, "class Example {")).isEmpty();
        assertThat(brokenLines(wider, "///     default 3")).isEmpty(); // indented by hand
    }

    @Test
    void findsAWrappedRowOfATable() {
        assertThat(brokenLines(
                        "/// | input | type |", "/// |---|---|", "/// | `lookback` | double [batch,", "/// rows] |"))
                .containsExactly(2);
        assertThat(brokenLines("/// | input | type |", "/// |---|---|", "/// | `lookback` | double [batch, rows] |"))
                .isEmpty();
    }

    @Test
    void findsARestWithoutTheIndentationOfItsItem() {
        assertThat(brokenLines("/// @param rows of the lookback, oldest", "/// first"))
                .containsExactly(1);
        assertThat(brokenLines("/// - an item that is", "/// long")).containsExactly(1);
        assertThat(brokenLines("/// @param rows of the lookback, oldest", "///     first"))
                .isEmpty();
        assertThat(brokenLines("/// - an item that is", "///   long", "/// - another"))
                .isEmpty();
        assertThat(brokenLines("/// @param rows of the lookback", "/// @param origin of it"))
                .isEmpty();
    }

    @Test
    void passesOverCode() {
        assertThat(brokenLines("/// ```", "/// | state", "/// ```")).isEmpty();
    }

    private static final String WIDE = "/// " + "word ".repeat(22).strip();

    private static List<Integer> brokenLines(String... lines) {
        return brokenLines(List.of(lines));
    }

    /// The indices of the lines that the formatter has broken.
    private static List<Integer> brokenLines(List<String> source) {
        List<Line> lines = parse(source);
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).isBrokenRow()
                        || (i > 0 && isBroken(lines.get(i - 1), lines.get(i), at(lines, i + 1))))
                .boxed()
                .toList();
    }

    private static boolean isBroken(Line before, Line line, Line after) {
        return isLeftOver(before, line, after) || isOutdented(before, line);
    }

    private static boolean isLeftOver(Line before, Line line, Line after) {
        return before.isText()
                && before.width >= WRAPPED
                && line.isProse()
                && line.isShort()
                && line.indent <= before.indent
                && (after.isProse() || before.width > FILLED);
    }

    /// Whether a line continues an item without the item's indentation.
    private static boolean isOutdented(Line before, Line line) {
        return before.isItem() && line.isProse() && line.indent <= before.indent;
    }

    private static Line at(List<Line> lines, int i) {
        return i < lines.size() ? lines.get(i) : Line.CODE;
    }

    /// Comments in fences are code.
    private static List<Line> parse(List<String> source) {
        List<Line> lines = new ArrayList<>();
        boolean fenced = false;
        for (String text : source) {
            Matcher comment = COMMENT.matcher(text);
            boolean fence = comment.matches() && comment.group(2).startsWith("```");
            fenced = comment.matches() && fenced != fence;
            lines.add(
                    comment.matches() && !fenced && !fence
                            ? new Line(text.length(), comment.group(1).length(), comment.group(2))
                            : Line.CODE);
        }
        return lines;
    }

    /// @param width of the whole line, columns
    /// @param indent of the comment's text
    /// @param text of the comment
    private record Line(int width, int indent, String text) {

        private static final Line CODE = new Line(0, 0, "");

        private boolean isProse() {
            return text.matches("[^-|@*#>`\\d].*");
        }

        private boolean isItem() {
            return text.matches("(@(param|return|throws)|-|\\d+\\.) .*");
        }

        /// Neither code nor a row of a table.
        private boolean isText() {
            return !text.isEmpty() && !text.startsWith("|");
        }

        private boolean isBrokenRow() {
            return text.startsWith("|") && !text.endsWith("|");
        }

        private boolean isShort() {
            return text.length() <= REST && text.split(" ").length <= WORDS;
        }
    }
}
