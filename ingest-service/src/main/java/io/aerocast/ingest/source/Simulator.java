package io.aerocast.ingest.source;

import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.ingest.publish.Received;
import io.aerocast.pipeline.Pipeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Simulates a station in a [Heatwave], under [Conditions] that a person may change. A position is a step.
final class Simulator implements PositionedSource {

    private final SimulatorProperties properties;
    private final Pipeline pipeline;
    private final Conditions conditions;
    private final Clock clock;

    Simulator(SimulatorProperties properties, Pipeline pipeline, Clock clock) {
        this.properties = properties;
        this.pipeline = pipeline;
        this.conditions = new Conditions(properties.heatwave());
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "simulator";
    }

    @Override
    public String identity() {
        return "simulator-%s-%s".formatted(pipeline.name(), properties.station());
    }

    String station() {
        return properties.station();
    }

    Conditions conditions() {
        return conditions;
    }

    Conditions.View view() {
        return conditions.view(properties.station(), pipeline.name());
    }

    @Override
    public Duration interval() {
        Duration step = switch (properties.pace()) {
            case ACCELERATED -> properties.interval();
            case REAL_TIME -> pipeline.cadence();
        };
        return step.multipliedBy(conditions.stride());
    }

    @Override
    public Reading open(long position) {
        return new Steps(position);
    }

    private final class Steps implements Reading {

        private long step;
        private Instant before = Instant.MIN;

        Steps(long position) {
            this.step = position;
        }

        @Override
        public Optional<Received> next() {
            before = switch (properties.pace()) {
                case ACCELERATED -> properties.start().plus(pipeline.cadence().multipliedBy(step));
                case REAL_TIME -> now();
            };
            Received observed = observe(step, before);
            step = conditions.next();
            return Optional.of(observed);
        }

        @Override
        public long position() {
            return step;
        }

        /// The latest grid point, but later than the previous one, even if the pace jitters.
        private Instant now() {
            Instant passed =
                    pipeline.slot(clock.instant().minus(pipeline.cadence().dividedBy(2)));
            return passed.isAfter(before) ? passed : pipeline.after(before, 1);
        }

        @Override
        public void close() {
            // Holds no resource.
        }
    }

    private Received observe(long step, Instant ts) {
        Observation observation = new Observation(
                pipeline.name(),
                properties.station(),
                ts,
                Map.of(pipeline.target().name(), conditions.reading(step)));
        return new Received.Measured(
                observation,
                "simulator %s@%d".formatted(properties.station(), step),
                Topics.OBSERVATIONS.codec().encode(observation));
    }
}
