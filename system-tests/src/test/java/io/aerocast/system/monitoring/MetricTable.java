package io.aerocast.system.monitoring;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The metric table of `docs/observability.md`.
///
/// @param metrics by name
public record MetricTable(Map<String, Metric> metrics) {

    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9_]+)` \\| ([a-z, ]+) \\| ([^|]*) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /// One row.
    ///
    /// @param types more than one where services differ
    /// @param labels all labels that it may have
    /// @param services those that expose it
    /// @param seldom whether it appears only after a certain event
    public record Metric(String name, Set<String> types, Set<String> labels, Set<String> services, boolean seldom) {}

    /// A metric of a scrape.
    ///
    /// @param labels of all its series
    public record Scraped(String name, String type, Set<String> labels) {}

    public static MetricTable read() throws IOException {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Repository.document("observability.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Metric metric = new Metric(
                        row.group(1),
                        words(row.group(2)),
                        CODE.matcher(row.group(3))
                                .results()
                                .map(m -> m.group(1))
                                .collect(Collectors.toSet()),
                        words(row.group(4)),
                        row.group(5).contains("once it happens") || row.group(5).contains("with tracing"));
                if (metrics.put(metric.name(), metric) != null) {
                    throw new IllegalStateException(
                            "Expected each metric once, found %s twice".formatted(metric.name()));
                }
            }
        }
        return new MetricTable(metrics);
    }

    /// The metric of a series: `x_bucket`, `x_sum` and `x_count` belong to the histogram or summary `x`.
    public Optional<Metric> of(String series) {
        Metric known = metrics.get(series);
        String base = series.replaceFirst("_(bucket|sum|count)$", "");
        return Optional.ofNullable(known == null ? metrics.get(base) : known)
                .filter(m -> m.name().equals(series)
                        || m.types().stream().anyMatch(Set.of("histogram", "summary")::contains));
    }

    /// Parses a scrape in Prometheus' text format.
    public static List<Scraped> scraped(String text) {
        List<Scraped> scraped = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", 4);
                scraped.add(new Scraped(words[2], words[3], new TreeSet<>()));
            } else if (!line.startsWith("#") && line.contains("{")) {
                Pattern.compile("([a-zA-Z_]+)=\"")
                        .matcher(line.substring(line.indexOf('{')))
                        .results()
                        .map(m -> m.group(1))
                        .filter(label -> !label.equals("le"))
                        .forEach(scraped.getLast().labels()::add);
            }
        }
        return scraped;
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip).collect(Collectors.toSet());
    }
}
