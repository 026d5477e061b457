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
import org.junit.jupiter.api.Test;

/// The formatter wraps a comment line that exceeds its width and leaves the rest of the sentence alone: a word or two
/// stand in a line of their own. Such a comment is to be filled by hand, at 116 columns or less.
class CommentLinesTest {

    /// A line that is at least as wide may have been wrapped.
    private static final int WRAPPED = 95;

    /// The widest rest that counts as left over, and its number of words.
    private static final int REST = 20;

    private static final int WORDS = 2;

    private static final Pattern PROSE = Pattern.compile("\\s*///? +([^-|@*#>`\\d].*)");

    @Test
    void noCommentWasBrokenByTheFormatter() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i + 2 < lines.size(); i++) {
                if (isBroken(lines.subList(i, i + 3))) {
                    broken.add("%s:%d %s".formatted(file.getFileName(), i + 2, lines.get(i + 1)));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void findsABrokenCommentAndNoOther() {
        String wide = "/// " + "word ".repeat(22).strip();

        assertThat(isBroken(List.of(wide, "/// alone", "/// and the sentence goes on here"))).isTrue();
        assertThat(isBroken(List.of(wide, "/// the end.", "/// Another sentence."))).isFalse();
        assertThat(isBroken(List.of(wide, "/// a line that is filled like the others are", "/// on and on"))).isFalse();
        assertThat(isBroken(List.of("/// narrow", "/// alone", "/// and on"))).isFalse();
        assertThat(isBroken(List.of(wide, "/// alone", "/// - a list"))).isFalse();
    }

    /// @param lines three that follow each other
    private static boolean isBroken(List<String> lines) {
        Matcher rest = PROSE.matcher(lines.get(1));
        return PROSE.matcher(lines.get(0)).matches()
                && lines.get(0).length() >= WRAPPED
                && rest.matches()
                && rest.group(1).length() <= REST
                && rest.group(1).split(" ").length <= WORDS
                && !rest.group(1).matches(".*[.:]")
                && PROSE.matcher(lines.get(2)).matches();
    }
}
