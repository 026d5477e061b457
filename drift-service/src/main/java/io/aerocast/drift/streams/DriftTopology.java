package io.aerocast.drift.streams;

import io.aerocast.drift.detect.Detecting;
import io.aerocast.drift.detect.Standing;
import io.aerocast.drift.match.Matching;
import io.aerocast.drift.signal.Signalling;
import io.aerocast.event.Observation;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.service.CodecSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/// The topology from forecasts to retrain signals.
///
/// ```
/// forecasts ────┐                                       ┌─► drift
///               ├─ match ──► evaluations ──► detect ────┤
/// observations ─┴────────────────────────────►▲         └─ standings ──► signal ──► retrain
///                              dead letters ──┘
/// ```
final class DriftTopology {

    private final Matching matching;
    private final Detecting detecting;
    private final Signalling signalling;

    DriftTopology(Matching matching, Detecting detecting, Signalling signalling) {
        this.matching = matching;
        this.detecting = detecting;
        this.signalling = signalling;
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Observation> observations = from(builder, Topics.OBSERVATIONS);
        to(Topics.EVALUATIONS, matching.join(observations, from(builder, Topics.FORECASTS)));
        KStream<String, Standing> standings = detecting.detect(
                from(builder, Topics.EVALUATIONS),
                observations,
                builder.stream(Topics.DEAD_LETTERS, Consumed.with(Serdes.String(), Serdes.ByteArray())));
        to(
                Topics.DRIFT,
                standings
                        .filter((_, standing) -> standing.change() != null, Named.as("changes"))
                        .mapValues(Standing::change, Named.as("drift")));
        to(Topics.RETRAIN, signalling.raise(standings));
        return builder.build();
    }

    private static <T> KStream<String, T> from(StreamsBuilder builder, Topic<T> topic) {
        return builder.stream(topic.name(), Consumed.with(Serdes.String(), new CodecSerde<>(topic.codec())));
    }

    private static <T> void to(Topic<T> topic, KStream<String, T> stream) {
        stream.to(topic.name(), Produced.with(Serdes.String(), new CodecSerde<>(topic.codec())));
    }
}
