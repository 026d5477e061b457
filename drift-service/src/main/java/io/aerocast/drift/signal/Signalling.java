package io.aerocast.drift.signal;

import io.aerocast.drift.detect.Standing;
import io.aerocast.event.Codec;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.CodecSerde;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Raises one retrain signal per episode of drift or of degraded forecasts, and one per pipeline and feature if
/// several stations drift at the same time. A sensor fault raises none: the readings are wrong, not the model.
///
/// The gate of a pipeline knows the state of all its stations, and adds to the evidence how many others are in the
/// same state: neighbours that drift as well are witnesses of a change of the weather.
public final class Signalling {

    private static final Logger log = LoggerFactory.getLogger(Signalling.class);
    private static final String RAISED = "signal-latest";
    private static final String WITNESSES = "signal-witnesses";
    private static final StringSerializer PREFIX = new StringSerializer();

    private final Pipelines pipelines;
    private final DriftSignalProperties properties;
    private final MeterRegistry meters;

    Signalling(Pipelines pipelines, DriftSignalProperties properties, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.meters = meters;
    }

    /// Adds the signals to a topology. The standings of one pipeline are routed to one partition.
    ///
    /// @param standings with any key
    /// @return signals keyed by pipeline
    public KStream<String, RetrainSignal> raise(KStream<String, Standing> standings) {
        return standings
                .selectKey((_, standing) -> standing.pipeline(), Named.as("signal-by-pipeline"))
                .repartition(Repartitioned.<String, Standing>as("signal-standings")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(serde(Standing.class)))
                .process(new Gates(), Named.as("signal"));
    }

    private final class Gates implements ProcessorSupplier<String, Standing, String, RetrainSignal> {

        @Override
        public Processor<String, Standing, String, RetrainSignal> get() {
            return new Gate();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(store(RAISED, Raised.class), store(WITNESSES, Witness.class));
        }
    }

    private final class Gate extends ContextualProcessor<String, Standing, String, RetrainSignal> {

        @Override
        public void process(Record<String, Standing> input) {
            Standing standing = input.value();
            Pipeline pipeline = pipelines.find(standing.pipeline()).orElse(null);
            if (pipeline == null) {
                return;
            }
            KeyValueStore<String, Witness> witnesses = context().getStateStore(WITNESSES);
            String key = Topics.key(standing.pipeline(), standing.feature(), standing.station());
            Witness before = witnesses.get(key);
            String signalled = before == null ? null : before.episode();
            DriftState state = standing.state();
            if (state == null) {
                witnesses.delete(key);
                return;
            }
            DriftChanged change = standing.change();
            RetrainReason reason = change == null ? null : reason(state).orElse(null);
            if (change == null || reason == null || id(change, reason).equals(signalled)) {
                witnesses.put(key, new Witness(state, signalled));
                return;
            }
            witnesses.put(key, new Witness(state, id(change, reason)));
            raise(input, change, reason, pipeline);
        }

        private void raise(
                Record<String, Standing> input, DriftChanged change, RetrainReason reason, Pipeline pipeline) {
            KeyValueStore<String, Raised> raised = context().getStateStore(RAISED);
            String key = Topics.key(pipeline.name(), input.value().feature());
            Raised latest = raised.get(key);
            if (latest != null && latest.covers(change, reason, pipeline, properties.coolDown())) {
                log.atInfo()
                        .addKeyValue("pipeline", change.pipeline())
                        .addKeyValue("station", change.station())
                        .addKeyValue("feature", change.feature())
                        .addKeyValue("episode", change.episode())
                        .log("no retrain signal raised: another station has just raised one");
                return;
            }
            raised.put(key, new Raised(change.station(), change.at(), reason));
            RetrainSignal signal = signal(change, reason, input.value().feature());
            report(signal);
            context().forward(input.withKey(signal.pipeline()).withValue(signal));
        }

        private RetrainSignal signal(DriftChanged change, RetrainReason reason, String feature) {
            Map<String, Double> evidence = new TreeMap<>(change.evidence());
            evidence.putAll(witnesses(change, feature));
            return new RetrainSignal(
                    id(change, reason),
                    change.pipeline(),
                    reason,
                    Instant.ofEpochMilli(context().currentSystemTimeMs()),
                    change.station(),
                    feature,
                    change.changedSince(),
                    change.reason(),
                    evidence);
        }

        /// The number of other stations of the pipeline, and of those in the same state.
        private Map<String, Double> witnesses(DriftChanged change, String feature) {
            KeyValueStore<String, Witness> all = context().getStateStore(WITNESSES);
            String own = Topics.key(change.pipeline(), feature, change.station());
            double stations = 0;
            double witnesses = 0;
            try (KeyValueIterator<String, Witness> others =
                    all.prefixScan(Topics.key(change.pipeline(), feature, ""), PREFIX)) {
                while (others.hasNext()) {
                    KeyValue<String, Witness> other = others.next();
                    if (!other.key.equals(own)) {
                        stations++;
                        witnesses += other.value.state() == change.to() ? 1 : 0;
                    }
                }
            }
            return Map.of("stations", stations, "witnesses", witnesses);
        }
    }

    private static Optional<RetrainReason> reason(DriftState state) {
        return switch (state) {
            case DRIFT -> Optional.of(RetrainReason.DRIFT);
            case DEGRADED -> Optional.of(RetrainReason.DEGRADED);
            case CALM, WARNING, SENSOR_FAULT -> Optional.empty();
        };
    }

    /// Valid as a file name, and the same for the same episode.
    private static String id(DriftChanged change, RetrainReason reason) {
        String episode = change.episode() == null
                ? Topics.key(change.pipeline(), change.station(), change.feature() + "/" + change.at())
                : change.episode();
        return reason.label() + "-" + episode.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private void report(RetrainSignal signal) {
        log.atWarn()
                .addKeyValue("pipeline", signal.pipeline())
                .addKeyValue("station", signal.station())
                .addKeyValue("feature", signal.feature())
                .addKeyValue("signal", signal.id())
                .addKeyValue("reason", signal.reason().label())
                .log("retrain signal raised");
        Counter.builder("aerocast.retrain.signals")
                .description("Retrain signals raised by drift or by degraded forecasts")
                .tag("pipeline", signal.pipeline())
                .tag("feature", String.valueOf(signal.feature()))
                .tag("reason", signal.reason().label())
                .register(meters)
                .increment();
    }

    private static <T> CodecSerde<T> serde(Class<T> type) {
        return new CodecSerde<>(new Codec<>(type, 1));
    }

    private static <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Class<T> type) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), serde(type));
    }
}
