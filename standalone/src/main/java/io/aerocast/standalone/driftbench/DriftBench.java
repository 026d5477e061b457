package io.aerocast.standalone.driftbench;

import io.aerocast.drift.detect.DetectProperties;
import io.aerocast.drift.detect.Detector;
import io.aerocast.drift.detect.DetectorStep;
import io.aerocast.drift.detect.StationWatch;
import io.aerocast.drift.detect.Transition;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.BacktestProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Measures the drift detector on the readings of a station: how often it alarms without a change, and what it
/// makes of [Scenario]s that begin at many times. The forecasts are those of the models as they are served.
final class DriftBench {

    /// Slots that the detector sees before a scenario begins.
    private static final int WARM_UP = 45 * 24;

    /// Slots from which the models learn online before a scenario begins.
    private static final int HISTORY = 14 * 24;

    /// Slots after the window of a scenario in which it must not become drift.
    private static final int AFTER = 3 * 24;

    private static final int LONGEST = 14 * 24;

    /// Slots at the begin of unchanged readings whose alarms are not counted.
    private static final int LEARNING = 30 * 24;

    private static final int UNREAD = 6;

    private final Served served;
    private final Map<String, List<ForecastModel>> refitted;
    private final int starts;
    private final int calmStarts;
    private final List<Scenario> scenarios;
    private final ErrorStreams streams;
    private final BacktestProgress progress;
    private final Detector detector;

    /// @param refitted models of the same targets that were fitted on the whole file
    /// @param starts times at which each scenario begins
    /// @param calmStarts times at which the detector begins to watch unchanged readings
    DriftBench(
            Served served,
            Map<String, List<ForecastModel>> refitted,
            int starts,
            int calmStarts,
            List<Scenario> scenarios,
            ErrorStreams streams,
            BacktestProgress progress) {
        this.served = served;
        this.refitted = refitted;
        this.starts = starts;
        this.calmStarts = calmStarts;
        this.scenarios = scenarios;
        this.streams = streams;
        this.progress = progress;
        this.detector = new Detector(pipeline(), DetectProperties.defaults());
    }

    /// @param calm alarms on unchanged readings
    /// @param calmBegins slots from which unchanged readings were watched
    /// @param learning slots after each of them whose alarms do not count
    /// @param grown share of the time for which the error of a target had grown, by target
    /// @param begins slots at which the scenarios began
    /// @param scenarios in their order
    record Result(
            CalmRates calm,
            List<Integer> calmBegins,
            int learning,
            Map<String, Double> grown,
            List<Integer> begins,
            Map<Scenario, Tally> scenarios) {}

    Result run() {
        List<Slot> calm = forecasts(
                served.models(), served.grid(), served.from(), served.grid().slots(), 0);
        Oracle oracle = new Oracle(
                served.grid(),
                calm,
                forecasts(refitted, served.grid(), served.from(), served.grid().slots(), 0));
        CalmRates rates = new CalmRates(oracle);
        List<Integer> calmBegins = IntStream.range(0, calmStarts)
                .map(i -> calm.size() * i / (2 * calmStarts))
                .boxed()
                .toList();
        calmBegins.forEach(begin -> unchanged(calm.subList(begin, calm.size()), rates));
        Map<Integer, StationWatch> warm = warmedUp(calm);
        Map<Scenario, Tally> tallies = new LinkedHashMap<>();
        int done = 0;
        for (Scenario scenario : scenarios) {
            Tally tally = new Tally();
            for (Map.Entry<Integer, StationWatch> start : warm.entrySet()) {
                progress.at(scenario.title(), (double) done++ / (scenarios.size() * warm.size()));
                tally.add(course(scenario, start.getKey(), start.getValue()));
            }
            tallies.put(scenario, tally);
        }
        Map<String, Double> grown = new TreeMap<>();
        pipeline().targets().forEach(target -> grown.put(target, oracle.share(target)));
        return new Result(
                rates,
                calmBegins.stream().map(begin -> served.from() + begin).toList(),
                LEARNING,
                grown,
                List.copyOf(warm.keySet()),
                tallies);
    }

    private Pipeline pipeline() {
        return served.grid().pipeline();
    }

    private static List<Slot> forecasts(
            Map<String, List<ForecastModel>> models, ReadingGrid grid, int from, int to, int history) {
        ServedSeries serving = new ServedSeries(grid, models, from, history);
        List<Slot> slots = new ArrayList<>();
        for (int slot = from; slot < to; slot++) {
            slots.add(new Slot(slot, grid.observation(slot), serving.step(slot), grid.refused(slot)));
        }
        return slots;
    }

    private void unchanged(List<Slot> rest, CalmRates rates) {
        StationWatch watch = null;
        for (int i = 0; i < rest.size(); i++) {
            List<DriftChanged> changes = new ArrayList<>();
            watch = watched(watch, rest.get(i), changes);
            if (i >= LEARNING) {
                int slot = rest.get(i).slot();
                changes.forEach(change -> rates.count(slot, change));
            }
        }
        rates.watched(Math.max(0, rest.size() - LEARNING));
    }

    private Map<Integer, StationWatch> warmedUp(List<Slot> calm) {
        List<Integer> begins = begins();
        Map<Integer, StationWatch> warm = new TreeMap<>();
        StationWatch watch = null;
        for (Slot slot : calm) {
            if (watch != null && begins.contains(slot.slot())) {
                warm.put(slot.slot(), watch);
            }
            watch = watched(watch, slot, new ArrayList<>());
            streams.add("", served.from(), slot, watch);
        }
        return warm;
    }

    private List<Integer> begins() {
        int first = served.from() + WARM_UP;
        int span = served.grid().slots() - first - LONGEST - AFTER;
        if (span < starts) {
            throw new IllegalArgumentException(
                    "The file is too short: expected more than %d steps after the models were fitted, found %d"
                            .formatted(
                                    WARM_UP + LONGEST + AFTER + starts,
                                    served.grid().slots() - served.from()));
        }
        return IntStream.range(0, starts)
                .map(i -> first + (int) ((long) i * span / starts) + 7 * i % 24)
                .boxed()
                .toList();
    }

    private @Nullable StationWatch watched(@Nullable StationWatch watch, Slot slot, List<DriftChanged> changes) {
        StationWatch now = watch;
        if (now != null && slot.arrived().isPresent()) {
            DetectorStep step = detector.arrived(now, slot.arrived().get());
            now = step.after();
            changes.addAll(step.changes());
        }
        if (now != null && slot.refused().isPresent()) {
            DetectorStep step = detector.refused(now, slot.refused().get());
            now = step.after();
            changes.addAll(step.changes());
        }
        for (Evaluation evaluation : slot.evaluations()) {
            DetectorStep step = detector.next(now, evaluation);
            now = step.after();
            changes.addAll(step.changes());
        }
        return now;
    }

    private Tally.Course course(Scenario scenario, int start, StationWatch warm) {
        ReadingGrid changed = served.grid().copy();
        SplittableRandom random =
                new SplittableRandom(31L * start + scenario.title().hashCode());
        scenario.change().apply(changed.rows(), start, random);
        int to = Math.min(changed.slots(), start + scenario.window() + AFTER);
        int lead = pipeline().horizons().getLast();
        List<Slot> slots = forecasts(served.models(), changed, start - lead, to, HISTORY);
        return course(scenario, start, warm, slots.subList(lead, slots.size()), changed);
    }

    private Tally.Course course(
            Scenario scenario, int start, StationWatch warm, List<Slot> slots, ReadingGrid changed) {
        StationWatch watch = warm;
        int delay = -1;
        boolean fault = false;
        boolean named = false;
        boolean drift = false;
        for (Slot slot : slots) {
            List<DriftChanged> changes = new ArrayList<>();
            watch = watched(watch, slot, changes);
            streams.add(scenario.title(), start, slot, watch);
            for (DriftChanged change : changes) {
                boolean timely = slot.slot() - start <= scenario.window();
                boolean episode = Transition.startsEpisode(change) && concerns(scenario, change);
                boolean called = change.fault() != null && concerns(scenario, change);
                drift |= episode;
                fault |= called && timely;
                named |= called && timely && change.fault() == scenario.fault();
                boolean right = scenario.fault() == null ? episode : called;
                delay = right && timely && delay < 0 ? slot.slot() - start : delay;
            }
        }
        boolean silent = changed.observations(start, start + UNREAD).size() * 3 < UNREAD;
        return new Tally.Course(delay, fault, named, drift, silent);
    }

    private static boolean concerns(Scenario scenario, DriftChanged change) {
        return scenario.feature() == null || scenario.feature().equals(change.feature());
    }
}
