package io.aerocast.standalone.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Text in columns. Each column is as wide as its widest cell; numbers are aligned to the right.
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /// @param headings one for each column
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /// Appends a row.
    ///
    /// @param cells one for each column
    public Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "A row needs %d cells, found %s".formatted(rows.getFirst().size(), Arrays.toString(cells)));
        }
        rows.add(List.of(cells));
        return this;
    }

    /// The headings and the rows, without blanks at their ends.
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        boolean[] numbers = new boolean[widths.length];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            widths[c] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            numbers[c] = rows.stream().skip(1).allMatch(row -> isNumber(row.get(column)));
        }
        return rows.stream().map(row -> line(row, widths, numbers)).toList();
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String blanks = " ".repeat(widths[c] - row.get(c).length());
            line.append(c == 0 ? "" : GAP).append(numbers[c] ? blanks + row.get(c) : row.get(c) + blanks);
        }
        return line.toString().stripTrailing();
    }

    /// A dash stands for a number that is not known.
    private static boolean isNumber(String cell) {
        return cell.equals("-") || cell.matches("-?[0-9.,]+(E-?[0-9]+)?%?");
    }
}
