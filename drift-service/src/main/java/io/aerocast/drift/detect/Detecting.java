package io.aerocast.drift.detect;

import io.aerocast.event.Codec;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.CodecSerde;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashSet;
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

/// Runs one detector for each station of each pipeline, on the errors of one kind of model at the first horizon.
/// The detectors' states are kept in a state store with a changelog topic in Kafka.
public final class Detecting {

    private static final Logger log = LoggerFactory.getLogger(Detecting.class);
    private static final String STATIONS = "detect-stations";

    /// Model version of an evaluation whose reporter does not know it.
    private static final String UNKNOWN_VERSION = "unknown";

    private final Pipelines pipelines;
    private final DetectProperties properties;
    private final Detector detector;
    private final DriftBoard board;
    private final RollingAccuracy accuracy;
    private final MeterRegistry meters;

    Detecting(
            Pipelines pipelines,
            DetectProperties properties,
            DriftBoard board,
            RollingAccuracy accuracy,
            MeterRegistry meters) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.detector = new Detector(properties);
        this.board = board;
        this.accuracy = accuracy;
        this.meters = meters;
    }

    /// Adds the detectors to a topology.
    ///
    /// @param evaluations keyed by station
    /// @return state changes, keyed by pipeline and station
    public KStream<String, DriftChanged> detect(KStream<String, Evaluation> evaluations) {
        return evaluations.process(new Judges(), Named.as("detect"));
    }

    private final class Judges implements ProcessorSupplier<String, Evaluation, String, DriftChanged> {

        @Override
        public Processor<String, Evaluation, String, DriftChanged> get() {
            return new Judge();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STATIONS),
                    Serdes.String(),
                    new CodecSerde<>(new Codec<>(StationState.class, 1))));
        }
    }

    private final class Judge extends ContextualProcessor<String, Evaluation, String, DriftChanged> {

        private final Set<Watched> shown = new HashSet<>();

        @Override
        public void init(ProcessorContext<String, DriftChanged> context) {
            super.init(context);
            try (KeyValueIterator<String, StationState> stations = store().all()) {
                stations.forEachRemaining(
                        e -> show(watched(e.key), e.value.detector().state()));
            }
        }

        @Override
        public void process(Record<String, Evaluation> input) {
            Evaluation evaluation = input.value();
            Pipeline pipeline = pipelines.find(evaluation.pipeline()).orElse(null);
            if (pipeline == null) {
                return;
            }
            accuracy.count(evaluation);
            if (evaluation.horizon() != pipeline.horizons().getFirst()) {
                return;
            }
            accuracy.add(evaluation);
            if (evaluation.model().equals(properties.model())) {
                judge(input, evaluation, pipeline);
            }
        }

        @Override
        public void close() {
            shown.forEach(board::hide);
            shown.clear();
        }

        private void judge(Record<String, Evaluation> input, Evaluation evaluation, Pipeline pipeline) {
            Watched watched = new Watched(evaluation.pipeline(), evaluation.station(), evaluation.model());
            StationState known = store().get(watched.key());
            Seen seen = known == null ? Seen.NONE : known.seen();
            if (!seen.isNew(evaluation, pipeline)) {
                return;
            }
            ForecastOutcome outcome = outcome(evaluation, known, input.timestamp());
            DetectorState before =
                    known == null ? DetectorState.initial(outcome.at(), outcome.version()) : known.detector();
            if (seen.isPast(evaluation) && !outcome.version().equals(before.version())) {
                return;
            }
            DetectorState after = detector.next(before, outcome);
            store().put(watched.key(), new StationState(seen.with(evaluation), after));
            show(watched, after.state());
            logNewReference(before, after, watched);
            Transition.between(before, after, watched, outcome, properties).ifPresent(change -> {
                report(change);
                context().forward(input.withKey(watched.key()).withValue(change));
            });
        }

        private void show(Watched watched, DriftState state) {
            shown.add(watched);
            board.show(watched, state);
        }

        private KeyValueStore<String, StationState> store() {
            return context().getStateStore(STATIONS);
        }
    }

    private Watched watched(String key) {
        int slash = key.indexOf('/');
        return new Watched(key.substring(0, slash), key.substring(slash + 1), properties.model());
    }

    /// @param received wall-clock time, used for an evaluation without a target time
    private static ForecastOutcome outcome(Evaluation evaluation, @Nullable StationState known, long received) {
        Instant target = evaluation.target();
        String version = evaluation.modelVersion();
        return new ForecastOutcome(
                target == null ? Instant.ofEpochMilli(received) : target,
                known != null && version.equals(UNKNOWN_VERSION)
                        ? known.detector().version()
                        : version,
                evaluation.predicted(),
                evaluation.actual(),
                evaluation.persistence());
    }

    private static void logNewReference(DetectorState before, DetectorState after, Watched watched) {
        if (after.reference() != null && !after.reference().equals(before.reference())) {
            log.atInfo()
                    .addKeyValue("pipeline", watched.pipeline())
                    .addKeyValue("station", watched.station())
                    .addKeyValue("model", watched.model())
                    .addKeyValue("version", after.version())
                    .addKeyValue("error", after.reference().meanError())
                    .log("reference error estimated");
        }
    }

    private void report(DriftChanged change) {
        log.atLevel(change.to() == DriftState.CALM ? Level.INFO : Level.WARN)
                .addKeyValue("pipeline", change.pipeline())
                .addKeyValue("station", change.station())
                .addKeyValue("model", change.model())
                .addKeyValue("version", change.modelVersion())
                .addKeyValue("from", change.from().label())
                .addKeyValue("to", change.to().label())
                .addKeyValue("episode", change.episode())
                .addKeyValue("reason", change.reason())
                .log("drift state changed");
        if (Transition.startsEpisode(change)) {
            Counter.builder("aerocast.drift.episodes")
                    .description("Drift episodes started")
                    .tag("pipeline", change.pipeline())
                    .register(meters)
                    .increment();
        }
    }
}
