package io.aerocast.standalone.driftbench;

import io.aerocast.standalone.driftbench.DriftBench.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The result of [DriftBench] as lines of text and as JSON.
final class BenchTable {

    private static final String FORMAT = "%-26s %-13s %6s %7s %6s %6s %6s %9s";

    private BenchTable() {}

    static List<String> lines(String file, Result result) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: without a change, over %.1f years of watching".formatted(file, result.years()));
        lines.add("  episodes of drift a year: %s".formatted(rates(result.episodes())));
        lines.add("  degraded a year:          %s".formatted(rates(result.degraded())));
        lines.add("  faults called a year:     %s".formatted(rates(result.faults())));
        lines.add("  on one-step errors:       %s".formatted(rates(result.literature())));
        lines.add("");
        lines.add(line("scenario", "detector", "found", "delay h", "fault", "named", "drift", "rejected"));
        result.scenarios().forEach((title, tally) -> {
            lines.add(row(title, "aerocast", tally));
            result.others().getOrDefault(title, Map.of()).forEach((name, other) -> lines.add(row("", name, other)));
        });
        lines.add("");
        lines.add(
                "found: called drift or, for a fault, any fault of the feature, within the time that the scenario allows;"
                        + " drift: an episode began then or within three days after; rejected: the ingest check rejected the first"
                        + " readings, so that the detectors of the literature saw none; ours learns of them.");
        return lines;
    }

    private static String row(String title, String detector, Tally t) {
        return line(
                title,
                detector,
                percent(t.found()),
                Double.isNaN(t.delay()) ? "-" : "%.0f".formatted(t.delay()),
                percent(t.fault()),
                percent(t.named()),
                percent(t.drift()),
                percent(t.rejected()));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, FORMAT, cells).stripTrailing();
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String rates(Map<String, Double> rates) {
        return rates.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        rates.entrySet().stream()
                                .map(e -> String.format(Locale.ROOT, "%s %.1f", e.getKey(), e.getValue()))
                                .toList());
    }

    static String json(String file, Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("years", result.years());
        json.put("episodesPerYear", result.episodes());
        json.put("degradedPerYear", result.degraded());
        json.put("faultsPerYear", result.faults());
        json.put("literaturePerYear", result.literature());
        Map<String, Object> scenarios = new LinkedHashMap<>();
        result.scenarios().forEach((title, tally) -> {
            Map<String, Object> detectors = new LinkedHashMap<>();
            detectors.put("aerocast", object(tally));
            result.others().getOrDefault(title, Map.of()).forEach((name, other) -> detectors.put(name, object(other)));
            scenarios.put(title, detectors);
        });
        json.put("scenarios", scenarios);
        return new JsonMapper().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> object(Tally t) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("starts", t.starts());
        json.put("found", t.found());
        json.put("delayHours", Double.isNaN(t.delay()) ? null : t.delay());
        json.put("fault", t.fault());
        json.put("named", t.named());
        json.put("drift", t.drift());
        json.put("rejected", t.rejected());
        return json;
    }
}
