package io.aerocast.drift.match;

import io.aerocast.drift.station.Roster;
import io.aerocast.drift.station.Roster.Heard;
import io.aerocast.drift.station.StationsProperties;
import io.aerocast.event.Codec;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.CodecSerde;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/// Joins forecasts and observations, both keyed by station and equally partitioned.
public final class Matching {

    private static final String GRID = "match-grid";
    private static final String STATIONS = "match-stations";

    private final Pipelines pipelines;
    private final MatchProperties properties;
    private final StationsProperties limits;
    private final MeterRegistry meters;

    Matching(Pipelines pipelines, MatchProperties properties, StationsProperties limits, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.limits = limits;
        this.meters = meters;
    }

    /// Adds the join to a topology.
    ///
    /// @return evaluations keyed by station
    public KStream<String, Evaluation> join(
            KStream<String, Observation> observations, KStream<String, Forecast> forecasts) {
        KStream<String, JoinInput> observed =
                observations.mapValues(JoinInput.Observed::new, Named.as("match-observed"));
        KStream<String, JoinInput> issued = forecasts.mapValues(JoinInput.Issued::new, Named.as("match-issued"));
        return observed.merge(issued, Named.as("match-arrivals")).process(new Joins(), Named.as("match"));
    }

    private final class Joins implements ProcessorSupplier<String, JoinInput, String, Evaluation> {

        @Override
        public Processor<String, JoinInput, String, Evaluation> get() {
            return new Join();
        }

        /// A cache writes an entry that changes several times within a commit to its changelog once.
        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore(GRID),
                                    new GridKey.KeySerde(),
                                    new GridTime.ValueSerde())
                            .withCachingEnabled(),
                    Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore(STATIONS),
                                    Serdes.String(),
                                    new CodecSerde<>(new Codec<>(Progress.class, 1)))
                            .withCachingEnabled());
        }
    }

    private final class Join extends ContextualProcessor<String, JoinInput, String, Evaluation> {

        private @Nullable TargetSlots slots;

        @Override
        public void init(ProcessorContext<String, Evaluation> context) {
            super.init(context);
            KeyValueStore<String, Progress> stations = context.getStateStore(STATIONS);
            slots = new TargetSlots(
                    context.getStateStore(GRID), stations, new Roster(limits, known(stations)), properties);
        }

        @Override
        public void process(Record<String, JoinInput> input) {
            TargetSlots joined = Objects.requireNonNull(slots, "the task is initialised");
            List<Evaluation> evaluations = switch (input.value()) {
                case JoinInput.Observed(Observation observation) -> observed(joined, observation, input.timestamp());
                case JoinInput.Issued(Forecast forecast) -> forecast(joined, forecast);
            };
            for (Evaluation evaluation : evaluations) {
                context().forward(input.withKey(evaluation.station()).withValue(evaluation));
            }
        }
    }

    private static List<Heard> known(KeyValueStore<String, Progress> stations) {
        List<Heard> known = new ArrayList<>();
        try (KeyValueIterator<String, Progress> all = stations.all()) {
            all.forEachRemaining(entry -> {
                int slash = entry.key.indexOf('/');
                known.add(new Heard(
                        entry.key.substring(0, slash), entry.key.substring(slash + 1), entry.value.heardAt()));
            });
        }
        return known;
    }

    private List<Evaluation> observed(TargetSlots slots, Observation observation, long arrival) {
        Pipeline pipeline = pipelines.find(observation.pipeline()).orElse(null);
        if (pipeline == null) {
            return skipped("observation", "unknown-pipeline");
        }
        Instant slot = pipeline.slot(observation.timestamp());
        if (!slots.hear(pipeline, observation.station(), slot, arrival)) {
            return skipped("observation", "too-many-stations");
        }
        forgotten(pipeline, slots.forget(pipeline));
        if (pipeline.targets().stream().noneMatch(observation.readings()::containsKey)) {
            return skipped("observation", "no-target");
        }
        return slots.tooLate(pipeline, observation.station(), slot)
                ? skipped("observation", "late")
                : slots.observed(pipeline, observation, slot);
    }

    private List<Evaluation> forecast(TargetSlots slots, Forecast forecast) {
        Pipeline pipeline = pipelines.find(forecast.pipeline()).orElse(null);
        if (pipeline == null) {
            return skipped("forecast", "unknown-pipeline");
        }
        if (!pipeline.targets().contains(forecast.feature())) {
            return skipped("forecast", "unknown-feature");
        }
        if (!ModelKinds.ALL.contains(forecast.model())) {
            return skipped("forecast", "unknown-model");
        }
        if (!slots.watches(pipeline, forecast.station())) {
            return skipped("forecast", "unobserved-station");
        }
        Instant origin = pipeline.slot(forecast.origin());
        return slots.tooLate(pipeline, forecast.station(), origin)
                ? skipped("forecast", "late")
                : slots.forecast(pipeline, forecast, origin);
    }

    private List<Evaluation> skipped(String input, String reason) {
        Counter.builder("aerocast.match.skipped")
                .description("Observations and forecasts that cannot be joined, by reason")
                .tag("input", input)
                .tag("reason", reason)
                .register(meters)
                .increment();
        return List.of();
    }

    private void forgotten(Pipeline pipeline, int stations) {
        if (stations > 0) {
            Counter.builder("aerocast.match.stations.forgotten")
                    .description("Stations whose state was dropped after a long silence")
                    .tag("pipeline", pipeline.name())
                    .register(meters)
                    .increment(stations);
        }
    }
}
