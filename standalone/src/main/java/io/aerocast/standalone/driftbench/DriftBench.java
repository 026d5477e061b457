package io.aerocast.standalone.driftbench;

import io.aerocast.drift.detect.DetectProperties;
import io.aerocast.drift.detect.Detector;
import io.aerocast.drift.detect.DetectorStep;
import io.aerocast.drift.detect.StationWatch;
import io.aerocast.drift.detect.Transition;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Fault;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.training.backtest.BacktestProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
    private static final int LEARNING = 30 * 24;
    private static final int UNREAD = 6;
    private static final double YEAR = 8766;

    private final Served served;
    private final int starts;
    private final int calmStarts;
    private final BacktestProgress progress;
    private final Detector detector;

    DriftBench(Served served, int starts, int calmStarts, BacktestProgress progress) {
        this.served = served;
        this.starts = starts;
        this.calmStarts = calmStarts;
        this.progress = progress;
        this.detector = new Detector(served.grid().pipeline(), DetectProperties.defaults());
    }

    /// @param episodes of drift in a year without a change, by feature
    /// @param degraded times in a year that forecasts became degraded, by feature
    /// @param faults called in a year, by feature and fault
    /// @param literature alarms in a year of the detectors of the literature, by name
    /// @param scenarios by title
    /// @param others by title and name of the detector
    record Result(
            double years,
            Map<String, Double> episodes,
            Map<String, Double> degraded,
            Map<String, Double> faults,
            Map<String, Double> literature,
            Map<String, Tally> scenarios,
            Map<String, Map<String, Tally>> others) {}

    /// The evaluations of one slot.
    ///
    /// @param refused the observation, if the ingest service refuses it
    record Slot(int slot, List<Evaluation> evaluations, Optional<Observation> refused) {}

    Result run() {
        List<Slot> calm = forecasts(served.grid(), served.from(), served.grid().slots(), 0);
        Calm rates = new Calm(calm);
        Map<String, Tally> scenarios = new LinkedHashMap<>();
        Map<String, Map<String, Tally>> others = new LinkedHashMap<>();
        List<Scenario> all = Scenario.of(served.grid().pipeline()).stream()
                .filter(scenario ->
                        scenario.feature() == null || served.models().containsKey(scenario.feature()))
                .toList();
        Map<Integer, StationWatch> warm = warmedUp(calm);
        int done = 0;
        for (Scenario scenario : all) {
            Map<String, Tally> byDetector = new TreeMap<>();
            Tally tally = new Tally();
            for (Map.Entry<Integer, StationWatch> start : warm.entrySet()) {
                progress.at(scenario.title(), (double) done++ / (all.size() * warm.size()));
                course(scenario, start.getKey(), start.getValue(), calm, tally, byDetector);
            }
            scenarios.put(scenario.title(), tally);
            others.put(scenario.title(), byDetector);
        }
        return rates.result(scenarios, others);
    }

    private List<Slot> forecasts(ReadingGrid grid, int from, int to, int history) {
        ServedSeries serving = new ServedSeries(grid, served.models(), from, history);
        List<Slot> slots = new ArrayList<>();
        for (int slot = from; slot < to; slot++) {
            slots.add(new Slot(slot, serving.step(slot), grid.refused(slot)));
        }
        return slots;
    }

    private Map<Integer, StationWatch> warmedUp(List<Slot> calm) {
        int first = served.from() + WARM_UP;
        int span = served.grid().slots() - first - LONGEST - AFTER;
        if (span < starts) {
            throw new IllegalArgumentException(
                    "The file is too short: expected more than %d steps after the models were fitted, found %d"
                            .formatted(
                                    WARM_UP + LONGEST + AFTER + starts,
                                    served.grid().slots() - served.from()));
        }
        Map<Integer, @Nullable StationWatch> begins = new TreeMap<>();
        for (int i = 0; i < starts; i++) {
            begins.put(first + (int) ((long) i * span / starts) + 7 * i % 24, null);
        }
        StationWatch watch = null;
        for (Slot slot : calm) {
            if (begins.containsKey(slot.slot())) {
                begins.put(slot.slot(), watch);
            }
            watch = watched(watch, slot, new ArrayList<>());
        }
        Map<Integer, StationWatch> warm = new TreeMap<>();
        begins.forEach((slot, known) -> {
            if (known != null) {
                warm.put(slot, known);
            }
        });
        return warm;
    }

    private @Nullable StationWatch watched(@Nullable StationWatch watch, Slot slot, List<DriftChanged> changes) {
        StationWatch now = watch;
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

    private void course(
            Scenario scenario,
            int start,
            StationWatch warm,
            List<Slot> calm,
            Tally tally,
            Map<String, Tally> byDetector) {
        ReadingGrid changed = served.grid().copy();
        scenario.change()
                .apply(
                        changed.rows(),
                        start,
                        new SplittableRandom(31L * start + scenario.title().hashCode()));
        int to = Math.min(changed.slots(), start + scenario.window() + AFTER);
        int lead = served.grid().pipeline().horizons().getLast();
        List<Slot> slots = forecasts(changed, start - lead, to, HISTORY).subList(lead, to - start + lead);
        tally.add(ours(scenario, start, warm, slots, changed));
        literature().forEach((name, other) -> {
            before(calm, start).forEach(error -> other.add(error));
            byDetector.computeIfAbsent(name, _ -> new Tally()).add(theirs(other, scenario, start, slots));
        });
    }

    private Tally.Course ours(Scenario scenario, int start, StationWatch warm, List<Slot> slots, ReadingGrid changed) {
        StationWatch watch = warm;
        int delay = -1;
        boolean fault = false;
        boolean named = false;
        boolean drift = false;
        for (Slot slot : slots) {
            List<DriftChanged> changes = new ArrayList<>();
            watch = watched(watch, slot, changes);
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

    private static Tally.Course theirs(ErrorDetector other, Scenario scenario, int start, List<Slot> slots) {
        int delay = -1;
        for (Slot slot : slots) {
            Double error = error(slot);
            boolean alarm = error != null && other.add(error);
            delay = alarm && delay < 0 && slot.slot() - start <= scenario.window() ? slot.slot() - start : delay;
        }
        return new Tally.Course(delay, false, false, delay >= 0, false);
    }

    private static Map<String, ErrorDetector> literature() {
        Map<String, ErrorDetector> all = new LinkedHashMap<>();
        all.put("ADWIN", new Adwin());
        all.put("KSWIN", new Kswin(new SplittableRandom(1)));
        all.put("Page-Hinkley", new PageHinkley());
        return all;
    }

    private List<Double> before(List<Slot> calm, int start) {
        return calm.stream()
                .filter(slot -> slot.slot() < start)
                .map(DriftBench::error)
                .filter(error -> error != null)
                .toList();
    }

    /// The absolute one-step error of the blend for the pipeline's first target.
    static @Nullable Double error(Slot slot) {
        return slot.evaluations().stream()
                .filter(e -> e.model().equals(ModelKinds.BLEND))
                .filter(e -> e.feature().equals(slot.evaluations().getFirst().feature()))
                .flatMap(e -> e.pairs().stream().limit(1).map(pair -> Math.abs(pair.residual(e.actual()))))
                .findFirst()
                .orElse(null);
    }

    /// The alarms without a change, from several starts in the first half.
    private final class Calm {

        private final List<Slot> slots;
        private final Map<String, Integer> episodes = new TreeMap<>();
        private final Map<String, Integer> degraded = new TreeMap<>();
        private final Map<String, Integer> faults = new TreeMap<>();
        private final Map<String, Integer> literature = new TreeMap<>();
        private double years;

        Calm(List<Slot> slots) {
            this.slots = slots;
            for (int i = 0; i < calmStarts; i++) {
                progress.at("without a change", (double) i / calmStarts);
                from(slots.subList(slots.size() * i / (2 * calmStarts), slots.size()));
            }
        }

        private void from(List<Slot> rest) {
            StationWatch watch = null;
            Map<String, ErrorDetector> others = literature();
            for (int i = 0; i < rest.size(); i++) {
                List<DriftChanged> changes = new ArrayList<>();
                watch = watched(watch, rest.get(i), changes);
                Double error = error(rest.get(i));
                for (Map.Entry<String, ErrorDetector> other : others.entrySet()) {
                    if (error != null && other.getValue().add(error) && i >= LEARNING) {
                        literature.merge(other.getKey(), 1, Integer::sum);
                    }
                }
                if (i >= LEARNING) {
                    changes.forEach(this::count);
                }
            }
            years += Math.max(0, rest.size() - LEARNING) / YEAR;
        }

        private void count(DriftChanged change) {
            Fault fault = change.fault();
            if (Transition.startsEpisode(change)) {
                episodes.merge(String.valueOf(change.feature()), 1, Integer::sum);
            }
            if (change.to() == io.aerocast.event.DriftState.DEGRADED) {
                degraded.merge(String.valueOf(change.feature()), 1, Integer::sum);
            }
            if (fault != null) {
                faults.merge(change.feature() + " " + fault.label(), 1, Integer::sum);
            }
        }

        Result result(Map<String, Tally> scenarios, Map<String, Map<String, Tally>> others) {
            return new Result(
                    years, rates(episodes), rates(degraded), rates(faults), rates(literature), scenarios, others);
        }

        private Map<String, Double> rates(Map<String, Integer> counts) {
            Map<String, Double> rates = new TreeMap<>();
            counts.forEach((name, count) -> rates.put(name, count / years));
            return rates;
        }
    }
}
