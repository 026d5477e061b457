package io.aerocast.drift.match;

import io.aerocast.event.Codec;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.CodecSerde;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/// Joins forecasts and observations, both keyed by station and equally partitioned.
public final class Matching {

    private static final String ACTUALS = "match-actuals";
    private static final String FORECASTS = "match-forecasts";
    private static final String NEWEST = "match-newest";

    private final Pipelines pipelines;
    private final MatchProperties properties;
    private final MeterRegistry meters;

    Matching(Pipelines pipelines, MatchProperties properties, MeterRegistry meters) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.meters = meters;
    }

    /// Adds the join to a topology.
    ///
    /// @return evaluations keyed by station
    public KStream<String, Evaluation> join(
            StreamsBuilder builder, KStream<String, Observation> observations, KStream<String, Forecast> forecasts) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(ACTUALS), Serdes.String(), Serdes.Double()));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(FORECASTS),
                Serdes.String(),
                new CodecSerde<>(new Codec<>(Expected.class, 1))));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(NEWEST), Serdes.String(), Serdes.Long()));
        String[] stores = {ACTUALS, FORECASTS, NEWEST};
        return observations
                .process(() -> new Side<>(this::observed), Named.as("match-observations"), stores)
                .merge(forecasts.process(() -> new Side<>(this::forecast), Named.as("match-forecasts"), stores));
    }

    private List<Evaluation> observed(TargetSlots slots, Observation observation) {
        Pipeline pipeline = pipelines.find(observation.pipeline()).orElse(null);
        if (pipeline == null) {
            return skipped("observation", "unknown-pipeline");
        }
        Instant slot = pipeline.slot(observation.timestamp());
        slots.advance(pipeline, observation.station(), slot);
        Double reading = observation.readings().get(pipeline.target().name());
        if (reading == null || !Double.isFinite(reading)) {
            return skipped("observation", "no-target");
        }
        return slots.tooLate(pipeline, observation.station(), slot)
                ? skipped("observation", "late")
                : slots.observed(pipeline, observation.station(), slot, reading);
    }

    private List<Evaluation> forecast(TargetSlots slots, Forecast forecast) {
        Pipeline pipeline = pipelines.find(forecast.pipeline()).orElse(null);
        if (pipeline == null) {
            return skipped("forecast", "unknown-pipeline");
        }
        slots.advance(pipeline, forecast.station(), forecast.origin());
        return slots.tooLate(pipeline, forecast.station(), forecast.target())
                ? skipped("forecast", "late")
                : slots.forecast(pipeline, forecast);
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

    /// Processor of one of the two inputs; both share the same stores.
    private final class Side<V> extends ContextualProcessor<String, V, String, Evaluation> {

        private final BiFunction<TargetSlots, V, List<Evaluation>> arrival;

        Side(BiFunction<TargetSlots, V, List<Evaluation>> arrival) {
            this.arrival = arrival;
        }

        @Override
        public void process(Record<String, V> input) {
            TargetSlots slots = new TargetSlots(
                    context().getStateStore(ACTUALS),
                    context().getStateStore(FORECASTS),
                    context().getStateStore(NEWEST),
                    properties.grace());
            for (Evaluation evaluation : arrival.apply(slots, input.value())) {
                context().forward(input.withKey(evaluation.station()).withValue(evaluation));
            }
        }
    }
}
