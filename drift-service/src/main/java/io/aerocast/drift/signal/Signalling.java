package io.aerocast.drift.signal;

import io.aerocast.event.Codec;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.CodecSerde;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Raises one retrain signal per episode, and one per pipeline if several stations drift at the same time.
public final class Signalling {

    private static final Logger log = LoggerFactory.getLogger(Signalling.class);
    private static final String RAISED = "signal-raised";

    private final Pipelines pipelines;
    private final DriftSignalProperties properties;
    private final MeterRegistry meters;

    Signalling(Pipelines pipelines, DriftSignalProperties properties, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.meters = meters;
    }

    /// Adds the signals to a topology. Episodes of one pipeline are routed to one partition.
    ///
    /// @param episodes state changes that start an episode, with any key
    /// @return signals keyed by pipeline
    public KStream<String, RetrainSignal> raise(KStream<String, DriftChanged> episodes) {
        return episodes.selectKey((_, drift) -> drift.pipeline(), Named.as("signal-by-pipeline"))
                .repartition(Repartitioned.<String, DriftChanged>as("signal-episodes")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(new CodecSerde<>(Topics.DRIFT.codec())))
                .process(new Gates(), Named.as("signal"));
    }

    private final class Gates implements ProcessorSupplier<String, DriftChanged, String, RetrainSignal> {

        @Override
        public Processor<String, DriftChanged, String, RetrainSignal> get() {
            return new Gate();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(RAISED),
                    Serdes.String(),
                    new CodecSerde<>(new Codec<>(Raised.class, 1))));
        }
    }

    private final class Gate extends ContextualProcessor<String, DriftChanged, String, RetrainSignal> {

        @Override
        public void process(Record<String, DriftChanged> episode) {
            DriftChanged drift = episode.value();
            Pipeline pipeline = pipelines.require(drift.pipeline());
            KeyValueStore<String, Raised> store = context().getStateStore(RAISED);
            Raised latest = store.get(pipeline.name());
            if (latest != null && latest.covers(drift, pipeline, properties.coolDown())) {
                log.atInfo()
                        .addKeyValue("pipeline", drift.pipeline())
                        .addKeyValue("station", drift.station())
                        .addKeyValue("episode", drift.episode())
                        .log("no retrain signal raised: another station has just raised one");
                return;
            }
            store.put(pipeline.name(), new Raised(drift.station(), drift.at()));
            RetrainSignal signal = signal(drift, Instant.ofEpochMilli(context().currentSystemTimeMs()));
            log.atWarn()
                    .addKeyValue("pipeline", signal.pipeline())
                    .addKeyValue("station", signal.station())
                    .addKeyValue("signal", signal.id())
                    .addKeyValue("reason", signal.reason().label())
                    .log("retrain signal raised");
            count(signal);
            context().forward(episode.withKey(signal.pipeline()).withValue(signal));
        }
    }

    private static RetrainSignal signal(DriftChanged drift, Instant now) {
        return new RetrainSignal(
                id(drift),
                drift.pipeline(),
                RetrainReason.DRIFT,
                now,
                drift.station(),
                drift.changedSince(),
                drift.reason(),
                drift.evidence());
    }

    /// Valid as a file name, and the same for the same episode.
    private static String id(DriftChanged drift) {
        return "drift-" + String.valueOf(drift.episode()).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private void count(RetrainSignal signal) {
        Counter.builder("aerocast.retrain.signals")
                .description("Retrain signals raised by drift")
                .tag("pipeline", signal.pipeline())
                .tag("reason", signal.reason().label())
                .register(meters)
                .increment();
    }
}
