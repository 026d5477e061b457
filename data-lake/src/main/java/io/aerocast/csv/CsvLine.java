package io.aerocast.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/// One line of a CSV file and, at the same time, one record: a quoted cell may hold commas and doubled quotes
/// (RFC 4180) but no line break, so that a stray quote spoils one record and not the rest of the file.
///
/// @param number position in the file; the first line is 1
/// @param bytes the line in UTF-8, without its line end
public record CsvLine(long number, byte[] bytes) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final CsvReaderBuilder READER =
            CsvReader.builder().skipEmptyLines(false).allowUnclosedQuote(false);

    /// The line as text, without a byte order mark.
    public String text() {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /// Returns the cells without their quotes. An empty line has one empty cell.
    ///
    /// @throws IllegalArgumentException if the quotes do not fit the cells
    public List<String> cells() {
        String text = text();
        return text.isEmpty() ? List.of("") : cells(text);
    }

    private static List<String> cells(String text) {
        StringArrayHandler handler = StringArrayHandler.of(limits -> limits.maxFields(text.length() + 1));
        try {
            Iterator<String[]> records = READER.build(handler, text).iterator();
            List<String> cells = List.of(records.next());
            if (!records.hasNext()) {
                return cells;
            }
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(
                    "expected every quoted cell to end on its line, before a comma or the line's end", e);
        }
        throw new IllegalArgumentException("expected a line end LF or CRLF, found a single CR");
    }
}
