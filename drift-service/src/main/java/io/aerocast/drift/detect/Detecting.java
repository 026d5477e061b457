package io.aerocast.drift.detect;

import io.aerocast.drift.station.Roster;
import io.aerocast.drift.station.Roster.Heard;
import io.aerocast.drift.station.StationsProperties;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Runs one detector for each station of each pipeline. The detectors' states are kept in a state store with a
/// changelog topic in Kafka.
///
/// Only matched evaluations are judged, and so only stations that have sent observations have state. A reported
/// evaluation of such a station repeats a matched one; that of another station cannot be checked.
public final class Detecting {

    /// Store of the [WatchedStation]s, by pipeline and station.
    public static final String STATIONS = "detect-watches";

    private static final Logger log = LoggerFactory.getLogger(Detecting.class);

    private final Map<String, Detector> detectors = new HashMap<>();
    private final StationsProperties limits;
    private final DriftBoard board;
    private final RollingAccuracy accuracy;
    private final MeterRegistry meters;
    private final Pipelines pipelines;

    Detecting(
            Pipelines pipelines,
            DetectProperties properties,
            StationsProperties limits,
            DriftBoard board,
            RollingAccuracy accuracy,
            MeterRegistry meters) {
        this.pipelines = pipelines;
        pipelines.all().forEach(pipeline -> detectors.put(pipeline.name(), new Detector(pipeline, properties)));
        this.limits = limits;
        this.board = board;
        this.accuracy = accuracy;
        this.meters = meters;
    }

    /// Adds the detectors to a topology.
    ///
    /// @param evaluations keyed by station
    /// @param observations keyed by station
    /// @param deadLetters rejected observations, keyed by station where that is known
    /// @return the standings of features, keyed by pipeline, station and feature
    public KStream<String, Standing> detect(
            KStream<String, Evaluation> evaluations,
            KStream<String, Observation> observations,
            KStream<String, byte[]> deadLetters) {
        KStream<String, DetectInput> matched =
                evaluations.mapValues(DetectInput.Matched::new, Named.as("detect-matched"));
        KStream<String, DetectInput> arrived =
                observations.mapValues(DetectInput.Arrived::new, Named.as("detect-arrived"));
        KStream<String, DetectInput> refused =
                deadLetters.processValues(RefusedObservations::new, Named.as("detect-refused"));
        return matched.merge(arrived, Named.as("detect-readings"))
                .merge(refused, Named.as("detect-inputs"))
                .process(new Judges(), Named.as("detect"));
    }

    private final class Judges implements ProcessorSupplier<String, DetectInput, String, Standing> {

        @Override
        public Processor<String, DetectInput, String, Standing> get() {
            return new Judge();
        }

        /// A cache writes a state that changes several times within a commit to its changelog once.
        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(STATIONS), Serdes.String(), new WatchedStationSerde())
                    .withCachingEnabled());
        }
    }

    private final class Judge extends ContextualProcessor<String, DetectInput, String, Standing> {

        private final Set<Member> shown = new HashSet<>();
        private final Map<String, WatchedStation> decoded = new Decoded();
        private @Nullable Roster roster;

        @Override
        public void init(ProcessorContext<String, Standing> context) {
            super.init(context);
            List<Heard> known = new ArrayList<>();
            try (KeyValueIterator<String, WatchedStation> stations = store().all()) {
                stations.forEachRemaining(entry -> {
                    if (entry.value != null) {
                        Member member = Member.of(entry.key);
                        known.add(new Heard(member.pipeline(), member.station(), entry.value.heardAt()));
                        show(member, entry.value);
                    }
                });
            }
            roster = new Roster(limits, known);
        }

        @Override
        public void process(Record<String, DetectInput> input) {
            switch (input.value()) {
                case DetectInput.Matched(Evaluation evaluation) -> evaluated(input, evaluation);
                case DetectInput.Arrived(Observation observation) -> read(input, observation, Detector::arrived);
                case DetectInput.Refused(Observation observation) -> read(input, observation, Detector::refused);
            }
        }

        private void evaluated(Record<String, ?> input, Evaluation evaluation) {
            Pipeline pipeline = pipelines.find(evaluation.pipeline()).orElse(null);
            if (pipeline == null) {
                return;
            }
            accuracy.count(evaluation);
            Instant target = evaluation.target();
            if (evaluation.source() == EvaluationSource.MATCHED
                    && target != null
                    && pipeline.targets().contains(evaluation.feature())) {
                judge(input, evaluation, pipeline, target);
            }
        }

        /// A station without evaluations has no state, and readings alone give it none.
        private void read(Record<String, ?> input, Observation observation, Reading effect) {
            Detector detector = detectors.get(observation.pipeline());
            Member member = new Member(observation.pipeline(), observation.station());
            WatchedStation before = find(member);
            StationWatch watch = before.watch();
            if (detector == null || watch == null) {
                return;
            }
            DetectorStep step = effect.step(detector, watch, observation);
            WatchedStation after = before.after(step);
            put(member, after);
            show(member, after);
            forward(input, step);
        }

        @Override
        public void close() {
            shown.forEach(Detecting.this::hide);
            shown.clear();
            decoded.clear();
        }

        private void judge(Record<String, ?> input, Evaluation evaluation, Pipeline pipeline, Instant target) {
            Member member = new Member(evaluation.pipeline(), evaluation.station());
            Roster stations = Objects.requireNonNull(roster, "the task is initialised");
            WatchedStation before = find(member);
            if (!before.isNew(evaluation, target.toEpochMilli())) {
                return;
            }
            // The join has bounded the stations of this partition alike, and counted those beyond.
            if (!stations.hear(member.pipeline(), member.station(), input.timestamp())) {
                return;
            }
            DetectorStep step =
                    Objects.requireNonNull(detectors.get(pipeline.name())).next(before.watch(), evaluation);
            WatchedStation after = before.after(evaluation, target.toEpochMilli(), stations.now(pipeline.name()), step);
            put(member, after);
            show(member, after);
            if (board.shows(member)) {
                accuracy.add(evaluation, pipeline);
            }
            if (!before.watches(evaluation.feature()) && step.changes().isEmpty()) {
                forward(
                        input,
                        new Standing(
                                member.pipeline(),
                                member.station(),
                                evaluation.feature(),
                                DriftState.CALM,
                                target,
                                null));
            }
            forward(input, step);
            stations.forget(pipeline.name())
                    .forEach(silent -> forget(input, new Member(pipeline.name(), silent), target));
        }

        private void forward(Record<String, ?> input, DetectorStep step) {
            step.changes().forEach(change -> {
                report(change);
                forward(input, standing(change, change.to()));
            });
        }

        private void forward(Record<String, ?> input, Standing standing) {
            Member member = new Member(standing.pipeline(), standing.station());
            context().forward(input.withKey(member.key(standing.feature())).withValue(standing));
        }

        private void forget(Record<String, ?> input, Member member, Instant at) {
            WatchedStation silent = find(member);
            store().delete(member.key());
            decoded.remove(member.key());
            shown.remove(member);
            hide(member);
            silent.states().forEach((feature, state) -> {
                DriftChanged last = silent.last().get(feature);
                forward(
                        input,
                        last == null || state == DriftState.CALM
                                ? new Standing(member.pipeline(), member.station(), feature, null, at, null)
                                : standing(forgotten(last, at), null));
            });
        }

        private void show(Member member, WatchedStation station) {
            shown.add(member);
            board.show(member, station.states());
        }

        private WatchedStation find(Member member) {
            WatchedStation recent = decoded.get(member.key());
            WatchedStation known = recent == null ? store().get(member.key()) : recent;
            return known == null ? WatchedStation.NEW : known;
        }

        private void put(Member member, WatchedStation station) {
            store().put(member.key(), station);
            decoded.put(member.key(), station);
        }

        private KeyValueStore<String, WatchedStation> store() {
            return context().getStateStore(STATIONS);
        }
    }

    /// What a reading does to the state of its station.
    private interface Reading {
        DetectorStep step(Detector detector, StationWatch watch, Observation observation);
    }

    /// The latest states in decoded form: the evaluations of one observation follow each other.
    private static final class Decoded extends LinkedHashMap<String, WatchedStation> {

        private static final long serialVersionUID = 1L;
        private static final int SIZE = 16;

        Decoded() {
            super(SIZE, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WatchedStation> eldest) {
            return size() > SIZE;
        }
    }

    private void hide(Member member) {
        board.hide(member);
        accuracy.hide(member);
    }

    private static Standing standing(DriftChanged change, @Nullable DriftState state) {
        return new Standing(
                change.pipeline(), change.station(), String.valueOf(change.feature()), state, change.at(), change);
    }

    /// The end of the state of a station that has been silent for too long.
    private DriftChanged forgotten(DriftChanged last, Instant at) {
        return new DriftChanged(
                last.pipeline(),
                last.station(),
                last.feature(),
                last.model(),
                last.modelVersion(),
                null,
                null,
                last.to(),
                DriftState.CALM,
                at,
                null,
                null,
                "%s has been silent for more than %s; its state is dropped."
                        .formatted(last.station(), limits.forgetAfter()),
                Map.of());
    }

    private void report(DriftChanged change) {
        log.atLevel(change.to() == DriftState.CALM ? Level.INFO : Level.WARN)
                .addKeyValue("pipeline", change.pipeline())
                .addKeyValue("station", change.station())
                .addKeyValue("feature", change.feature())
                .addKeyValue("model", change.model())
                .addKeyValue("version", change.modelVersion())
                .addKeyValue("from", change.from().label())
                .addKeyValue("to", change.to().label())
                .addKeyValue("fault", change.fault())
                .addKeyValue("episode", change.episode())
                .addKeyValue("reason", change.reason())
                .log("drift state changed");
        if (change.to() == DriftState.DRIFT && change.from() != DriftState.SENSOR_FAULT) {
            Counter.builder("aerocast.drift.episodes")
                    .description("Drift episodes started")
                    .tag("pipeline", change.pipeline())
                    .tag("feature", String.valueOf(change.feature()))
                    .register(meters)
                    .increment();
        }
    }
}
