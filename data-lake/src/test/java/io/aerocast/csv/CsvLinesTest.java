package io.aerocast.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {

    @TempDir
    private Path directory;

    @Test
    void readsQuotedCells() {
        assertThat(cells("a,\"b, c\",\"say \"\"d\"\"\",\"\",")).containsExactly("a", "b, c", "say \"d\"", "", "");
        assertThat(cells("\"a\",\"b\"")).containsExactly("a", "b");
        assertThat(cells("6\" pipe,b")).containsExactly("6\" pipe", "b");
    }

    @Test
    void keepsWhiteSpaceAndEmptyCells() {
        assertThat(cells(" a ,b\t,,")).containsExactly(" a ", "b\t", "", "");
        assertThat(cells("")).containsExactly("");
        assertThat(cells("  ")).containsExactly("  ");
        assertThat(cells("#a,b")).containsExactly("#a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,\"b", "\"a\"b,c", "\"a\" ,c", "\"", "a,\"b\"\""})
    void refusesQuotesThatDoNotFitTheCell(String line) {
        assertThatThrownBy(() -> cells(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected every quoted cell to end on its line, before a comma or the line's end");
    }

    @Test
    void refusesASingleCarriageReturn() {
        assertThatThrownBy(() -> cells("a,b\rc,d")).hasMessage("expected a line end LF or CRLF, found a single CR");
    }

    @Test
    void aStrayQuoteSpoilsOneLine() throws IOException {
        List<CsvLine> lines = lines("a,b\n1,\"2\n3,4\n5,\"6\"\n");

        assertThatThrownBy(lines.get(1)::cells).isInstanceOf(IllegalArgumentException.class);
        assertThat(lines.get(2).cells()).containsExactly("3", "4");
        assertThat(lines.get(3).cells()).containsExactly("5", "6");
    }

    @Test
    void readsEveryLineEndAndNumbersTheLines() throws IOException {
        List<CsvLine> lines = lines("\uFEFFa,b\r\n\r\n\n1,2");

        assertThat(lines.stream().map(CsvLine::text)).containsExactly("a,b", "", "", "1,2");
        assertThat(lines.stream().map(CsvLine::number)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).hasSize(1);
    }

    @Test
    void removesAByteOrderMarkBeforeAQuotedCell() throws IOException {
        assertThat(lines("\uFEFF\"a\",b\n").getFirst().cells()).containsExactly("a", "b");
        assertThat(lines("a\n\uFEFFb\n").getLast().cells()).containsExactly("\uFEFFb");
    }

    @Test
    void keepsTheBytesOfALineAsTheyAre() throws IOException {
        byte[] latin1 = "S\u00e3o,1".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(directory.resolve("latin1.csv"), latin1);

        assertThat(CsvLines.all(file).getFirst().bytes()).isEqualTo(latin1);
    }

    @Test
    void decompressesWhatIsNamedGz() throws IOException {
        Path file = directory.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(CsvLines.all(file).getLast().cells()).containsExactly("1", "2");
        assertThat(CsvLines.first(file).map(CsvLine::text)).contains("a,b");
    }

    @Test
    void closesAStreamThatCannotBeDecompressed() {
        AtomicBoolean closed = new AtomicBoolean();
        ByteArrayInputStream raw = new ByteArrayInputStream("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> CsvLines.open("a.csv.gz", raw, 100)).isInstanceOf(ZipException.class);
        assertThat(closed).isTrue();
    }

    @Test
    void cutsALongLineAndGoesOnWithTheNext() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("x".repeat(1000).getBytes(StandardCharsets.UTF_8));
        text.writeBytes("\na,b\n".getBytes(StandardCharsets.UTF_8));
        try (CsvLines lines = CsvLines.open("a.csv", new ByteArrayInputStream(text.toByteArray()), 100)) {
            assertThat(lines.number()).isZero();
            assertThat(lines.next().map(line -> line.bytes().length)).contains(100);
            assertThat(lines.next().map(CsvLine::text)).contains("a,b");
            assertThat(lines.next()).isEqualTo(Optional.empty());
            assertThat(lines.number()).isEqualTo(2);
        }
    }

    @Test
    void readsMoreCellsThanTheLibraryExpects() {
        assertThat(cells("1,".repeat(50_000))).hasSize(50_001);
    }

    @Test
    void namesAMissingFile() {
        assertThatThrownBy(() -> CsvLines.all(directory.resolve("none.csv")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.csv");
    }

    private List<CsvLine> lines(String text) throws IOException {
        return CsvLines.all(Files.writeString(directory.resolve("a.csv"), text));
    }

    private static List<String> cells(String line) {
        return new CsvLine(7, line.getBytes(StandardCharsets.UTF_8)).cells();
    }
}
