package io.aerocast.standalone.runbook;

import io.aerocast.standalone.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// JSON as text for a person: a line for each value with the names aligned, the parts of an object indented, an
/// array of flat objects as a table, and other objects of an array one after another. Absent values and empty parts
/// are left out, and so are the further rows of a long table.
final class JsonOutline {

    private static final String INDENT = "  ";
    private static final int MOST_ROWS = 12;

    private JsonOutline() {}

    static List<String> lines(JsonNode object) {
        int width = object.propertyStream()
                .filter(field -> isFlat(field.getValue()))
                .mapToInt(field -> field.getKey().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (isFlat(value) && !text(value).isEmpty()) {
                lines.add("%s%s  %s"
                        .formatted(
                                field.getKey(),
                                " ".repeat(width - field.getKey().length()),
                                text(value)));
            } else if (!value.isEmpty() && !isFlat(value)) {
                lines.add(field.getKey());
                part(value).forEach(line -> lines.add(INDENT + line));
            }
        }
        return lines;
    }

    private static List<String> part(JsonNode value) {
        if (!value.isArray()) {
            return lines(value);
        }
        boolean rows =
                value.valueStream().allMatch(row -> row.propertyStream().allMatch(field -> isFlat(field.getValue())));
        return rows ? table(value) : items(value);
    }

    private static List<String> items(JsonNode array) {
        List<String> lines = new ArrayList<>();
        array.forEach(item -> {
            lines.add("-");
            lines(item).forEach(line -> lines.add(INDENT + line));
        });
        return lines;
    }

    /// @param rows objects; their fields are the columns
    private static List<String> table(JsonNode rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.propertyNames()));
        Table table = new Table(names.toArray(String[]::new));
        rows.valueStream()
                .limit(MOST_ROWS)
                .forEach(row -> table.row(
                        names.stream().map(name -> cell(row.path(name))).toArray(String[]::new)));
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > MOST_ROWS) {
            lines.add("… and %d more".formatted(rows.size() - MOST_ROWS));
        }
        return lines;
    }

    /// A value on one line, or a dash.
    static String cell(JsonNode value) {
        String text = text(value);
        return text.isEmpty() ? "-" : text;
    }

    private static boolean isFlat(JsonNode value) {
        return !value.isObject() && !(value.isArray() && value.valueStream().anyMatch(JsonNode::isObject));
    }

    /// A value on one line.
    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonOutline::text).collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return value.propertyStream()
                    .map(field -> field.getKey() + " " + text(field.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.4g", value.asDouble())
                : value.asString("");
    }
}
