package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Explains a state: the evidence of each test as numbers, and a change of state as an event with a sentence.
final class Explanation {

    private final DetectProperties settings;
    private final Grid grid;

    Explanation(DetectProperties settings, Grid grid) {
        this.settings = settings;
        this.grid = grid;
    }

    /// The evidence of each test on one feature.
    ///
    /// @param others the other features of the station
    List<DetectorEvidence> evidence(String feature, FeatureWatch watch, Map<String, FeatureWatch> others) {
        String model = watch.served();
        List<DetectorEvidence> all = new ArrayList<>();
        all.add(new DetectorEvidence(
                feature,
                model,
                grid.near(),
                "size",
                watch.size().statistic(),
                settings.sizeThreshold(),
                since(watch.size())));
        all.add(shift(feature, watch, "too-low", watch.above()));
        all.add(shift(feature, watch, "too-high", watch.below()));
        all.add(new DetectorEvidence(
                feature,
                null,
                null,
                "level",
                Math.abs(watch.level()
                        .moved(settings.heldAfter(), watch.readings().least())),
                settings.held(),
                watch.level().days() + " days watched"));
        watch.models().forEach((kind, each) -> skill(feature, kind, each.skill(), all));
        readings(feature, watch, all);
        all.add(ofReadings(feature, "clock", watch.clock().joint(Clock.of(others)), settings.clock()));
        return all;
    }

    private DetectorEvidence shift(String feature, FeatureWatch watch, String test, Cusum sum) {
        return new DetectorEvidence(
                feature, watch.served(), grid.far(), test, sum.statistic(), settings.threshold(), since(sum));
    }

    private void skill(String feature, String kind, Skill skill, List<DetectorEvidence> all) {
        if (skill.weight() > 0) {
            String detail = "over " + Math.round(skill.weight()) + " forecasts";
            all.add(new DetectorEvidence(
                    feature, kind, grid.far(), "skill", skill.skill(), settings.lostSkill(), detail));
            all.add(new DetectorEvidence(
                    feature, kind, grid.far(), "coverage", skill.held(), settings.lowestCoverage(), detail));
        }
    }

    private void readings(String feature, FeatureWatch watch, List<DetectorEvidence> all) {
        Readings readings = watch.readings();
        all.add(ofReadings(feature, "equal-readings", readings.same(), settings.stuckAfter()));
        all.add(ofReadings(feature, "spikes", watch.spikes().size(), settings.spikes()));
        all.add(ofReadings(feature, "refused", watch.refused().latest().size(), Refusals.LIMIT));
        all.add(ofReadings(feature, "noise", readings.noise().statistic(), settings.noise()));
        all.add(ofReadings(feature, "arrivals", watch.arrivals().share(), settings.dropout()));
    }

    private static DetectorEvidence ofReadings(String feature, String test, double statistic, double threshold) {
        return new DetectorEvidence(feature, null, null, test, statistic, threshold, "");
    }

    private static String since(Cusum sum) {
        return sum.statistic() > 0 ? "since " + sum.since() : "";
    }

    /// The event for a change of state.
    DriftChanged change(FeatureWatch from, FeatureWatch to, String pipeline, String station, String feature) {
        Episode episode = to.episode();
        return new DriftChanged(
                pipeline,
                station,
                feature,
                to.served(),
                to.version(),
                horizon(to),
                to.fault(),
                from.state(),
                to.state(),
                to.since(),
                episode == null ? null : episode.changedSince(),
                episode == null ? null : episode.id(pipeline, station, feature),
                reason(from, to, "%s at %s".formatted(feature, station)),
                numbers(to));
    }

    private @Nullable Integer horizon(FeatureWatch watch) {
        return switch (watch.state()) {
            case CALM, SENSOR_FAULT -> null;
            case DEGRADED -> grid.far();
            case WARNING, DRIFT -> isSize(watch) ? grid.near() : grid.far();
        };
    }

    private boolean isSize(FeatureWatch watch) {
        return watch.size().statistic() / settings.sizeThreshold()
                > shift(watch).statistic() / settings.threshold();
    }

    private static Cusum shift(FeatureWatch watch) {
        return watch.above().statistic() > watch.below().statistic() ? watch.above() : watch.below();
    }

    private String reason(FeatureWatch from, FeatureWatch to, String what) {
        return switch (to.state()) {
            case WARNING -> "The errors of %s for the %s are growing: %s.".formatted(to.served(), what, grown(to));
            case DRIFT ->
                from.state() == DriftState.SENSOR_FAULT
                        ? "The %s is plausible again, and its drift continues.".formatted(what)
                        : drift(to, what);
            case DEGRADED -> degraded(to, what);
            case SENSOR_FAULT -> fault(to, what);
            case CALM ->
                from.state() == DriftState.SENSOR_FAULT
                        ? "The %s is plausible again.".formatted(what)
                        : "The errors of %s for the %s are normal.".formatted(to.served(), what);
        };
    }

    private String drift(FeatureWatch watch, String what) {
        Episode episode = watch.episode();
        return episode != null && episode.isLevel()
                ? text(
                        "The %s stays at a new level after a warning: %+.1f standard deviations from its usual daily mean"
                                + " since %s (limit %.1f).",
                        what,
                        watch.level()
                                .moved(settings.heldAfter(), watch.readings().least()),
                        episode.changedSince(),
                        settings.held())
                : "The errors of %s for the %s have grown: %s.".formatted(watch.served(), what, grown(watch));
    }

    private String grown(FeatureWatch watch) {
        Cusum sum = isSize(watch) ? watch.size() : shift(watch);
        double threshold = isSize(watch) ? settings.sizeThreshold() : settings.threshold();
        String test = isSize(watch)
                ? "they are large one step ahead"
                : "forecasts up to %d steps ahead are too %s"
                        .formatted(grid.far(), watch.above().statistic() > 0 ? "low" : "high");
        return text("%s since %s (evidence %.1f of %.1f)", test, sum.since(), sum.statistic(), threshold);
    }

    private String degraded(FeatureWatch watch, String what) {
        ModelWatch model = watch.models().get(watch.served());
        Skill skill = model == null ? Skill.NONE : model.skill();
        return text(
                "The forecasts of %s for the %s have been no better than persistence, or outside their intervals too often,"
                        + " for more than %d days: skill %.2f, coverage %.2f at %d steps.",
                watch.served(), what, settings.degradedAfter(), skill.skill(), skill.held(), grid.far());
    }

    private static String fault(FeatureWatch watch, String what) {
        Fault fault = watch.fault();
        if (fault == null) {
            return "The sensor of the %s is faulty.".formatted(what);
        }
        return switch (fault) {
            case STUCK ->
                "The sensor of the %s seems stuck: %d readings of %s in a row."
                        .formatted(
                                what, watch.readings().same(), watch.readings().value());
            case SPIKES ->
                "The %s has %d spikes within three days."
                        .formatted(what, watch.spikes().size());
            case OFFSET -> text("The %s jumped by %+.1f in one step and stays there, alone.", what, watch.offset());
            case UNIT_CHANGE -> "The %s is right in degrees Fahrenheit.".formatted(what);
            case IMPLAUSIBLE ->
                text(
                        "The readings of the %s are not plausible and are refused, the latest with %.1f.",
                        what, watch.refused().latest().getLast().value());
            case DROPOUT -> "Too few readings of the %s arrive.".formatted(what);
            case CLOCK_SHIFT ->
                "The daily course of the %s is one step too %s."
                        .formatted(what, watch.clock().late() > watch.clock().early() ? "late" : "early");
            case NOISE -> "The readings of the %s have become noisy.".formatted(what);
        };
    }

    private Map<String, Double> numbers(FeatureWatch watch) {
        Map<String, Double> numbers = new TreeMap<>();
        numbers.put("size", watch.size().statistic());
        numbers.put("sizeThreshold", settings.sizeThreshold());
        numbers.put("tooLow", watch.above().statistic());
        numbers.put("tooHigh", watch.below().statistic());
        numbers.put("threshold", settings.threshold());
        numbers.put(
                "level",
                watch.level().moved(settings.heldAfter(), watch.readings().least()));
        numbers.put("sameReadings", (double) watch.readings().same());
        ModelWatch model = watch.models().get(watch.served());
        if (model != null && model.skill().weight() > 0) {
            numbers.put("skill", model.skill().skill());
            numbers.put("coverage", model.skill().held());
        }
        return numbers;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
