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

    private static final String FORMAT = "%-26s %6s %7s %6s %6s %6s %9s";

    private BenchTable() {}

    static List<String> lines(String file, Result result) {
        CalmRates calm = result.calm();
        List<String> lines = new ArrayList<>();
        lines.add("%s: without a change, over %.1f years of watching".formatted(file, calm.years()));
        lines.add("  episodes of drift a year:    %s".formatted(rates(calm.episodes())));
        lines.add("  where the error had not grown: %s".formatted(rates(calm.unfounded())));
        lines.add("  degraded a year:             %s".formatted(rates(calm.degraded())));
        lines.add("  faults called a year:        %s".formatted(rates(calm.faults())));
        lines.add("  time with a grown error:     %s".formatted(shares(result.grown())));
        lines.add("");
        lines.add(line("scenario", "found", "delay h", "fault", "named", "drift", "rejected"));
        result.scenarios().forEach((scenario, tally) -> lines.add(row(scenario.title(), tally)));
        lines.add("");
        lines.add(
                "found: called drift or, for a fault, any fault of the feature, within the time that the scenario allows;"
                        + " drift: an episode began then or within three days after; rejected: the ingest check rejected the first"
                        + " readings, so that the detectors of the literature saw none; ours learns of them.");
        return lines;
    }

    private static String row(String title, Tally t) {
        return line(
                title,
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
                : joined(rates.entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%s %.1f", e.getKey(), e.getValue()))
                        .toList());
    }

    private static String shares(Map<String, Double> shares) {
        return joined(shares.entrySet().stream()
                .map(e -> e.getKey() + " " + percent(e.getValue()))
                .toList());
    }

    private static String joined(List<String> parts) {
        return String.join(", ", parts);
    }

    static String json(String file, Result result) {
        CalmRates calm = result.calm();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("years", calm.years());
        json.put("episodesPerYear", calm.episodes());
        json.put("unfoundedPerYear", calm.unfounded());
        json.put("degradedPerYear", calm.degraded());
        json.put("faultsPerYear", calm.faults());
        json.put("timeWithGrownError", result.grown());
        json.put("calmStarts", result.calmBegins());
        json.put("learning", result.learning());
        json.put("starts", result.begins());
        Map<String, Object> scenarios = new LinkedHashMap<>();
        result.scenarios().forEach((scenario, tally) -> scenarios.put(scenario.title(), object(scenario, tally)));
        json.put("scenarios", scenarios);
        return new JsonMapper().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> object(Scenario scenario, Tally t) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("window", scenario.window());
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
