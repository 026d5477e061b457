package io.aerocast.drift.detect;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Describes a change of state as an event: reason in words, evidence in numbers.
public final class Transition {

    private Transition() {}

    /// Returns the event for the change that an outcome caused.
    ///
    /// @return empty if the state is unchanged
    static Optional<DriftChanged> between(
            DetectorState before,
            DetectorState after,
            Watched watched,
            ForecastOutcome outcome,
            DetectProperties settings) {
        if (before.state() == after.state()) {
            return Optional.empty();
        }
        Episode episode = after.episode();
        return Optional.of(new DriftChanged(
                watched.pipeline(),
                watched.station(),
                null,
                watched.model(),
                after.version(),
                null,
                null,
                before.state(),
                after.state(),
                outcome.at(),
                episode == null ? null : episode.changedSince(),
                episode == null ? null : episode.id(watched.pipeline(), watched.station()),
                reason(before, after, watched),
                evidence(after, settings)));
    }

    /// Whether the change starts an episode, rather than continuing one after a sensor fault.
    public static boolean startsEpisode(DriftChanged change) {
        return change.to() == DriftState.DRIFT && change.from() != DriftState.SENSOR_FAULT;
    }

    private static String reason(DetectorState before, DetectorState after, Watched watched) {
        return switch (after.state()) {
            case WARNING, DEGRADED ->
                "The errors of %s at %s are growing: %s.".formatted(named(after, watched), at(watched), grown(after));
            case DRIFT ->
                before.state() == DriftState.SENSOR_FAULT
                        ? "The readings of %s change again, and its drift continues.".formatted(watched.station())
                        : "The errors of %s at %s have grown: %s."
                                .formatted(named(after, watched), at(watched), grown(after));
            case SENSOR_FAULT ->
                "The sensor of %s seems stuck: %d readings of %s in a row."
                        .formatted(
                                watched.station(),
                                after.readings().same(),
                                after.readings().last());
            case CALM -> calm(before, after, watched);
        };
    }

    private static String calm(DetectorState before, DetectorState after, Watched watched) {
        if (!before.version().equals(after.version())) {
            return "Version %s now forecasts %s; its errors are compared with the previous normal error."
                    .formatted(after.version(), at(watched));
        }
        return before.state() == DriftState.SENSOR_FAULT
                ? "The readings of %s change again.".formatted(watched.station())
                : "The errors of %s at %s are back to normal.".formatted(named(after, watched), at(watched));
    }

    private static String named(DetectorState state, Watched watched) {
        return watched.model() + " " + state.version();
    }

    private static String at(Watched watched) {
        return watched.pipeline() + " station " + watched.station();
    }

    private static String grown(DetectorState state) {
        Reference reference = state.reference();
        double normal = reference == null ? 0 : reference.meanError();
        return String.format(
                Locale.ROOT,
                "%.2f on average over %d observations since %s, where %.2f is normal",
                state.cusum().recentError(),
                state.cusum().count(),
                state.cusum().since(),
                normal);
    }

    private static Map<String, Double> evidence(DetectorState state, DetectProperties settings) {
        Map<String, Double> evidence = new TreeMap<>();
        if (state.reference() != null) {
            evidence.put("referenceError", state.reference().meanError());
        }
        evidence.put("recentError", state.cusum().recentError());
        evidence.put("observationsSinceChange", (double) state.cusum().count());
        evidence.put("statistic", state.cusum().statistic());
        evidence.put("threshold", settings.threshold());
        evidence.put("sameReadings", (double) state.readings().same());
        return evidence;
    }
}
