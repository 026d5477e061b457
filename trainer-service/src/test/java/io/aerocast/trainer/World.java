package io.aerocast.trainer;

import io.aerocast.event.Observation;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A station with a daily cycle of 24 s whose observations land in a real lake.
final class World {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Lake lake;
    private final Pipeline pipeline;
    private final Random random = new Random(7);
    private long second;

    World(Lake lake, Pipeline pipeline) {
        this.lake = lake;
        this.pipeline = pipeline;
    }

    /// Lands calm weather.
    World calm(int seconds) throws IOException {
        return land(seconds, 20, 5, 0.3);
    }

    /// Lands a heatwave.
    World hot(int seconds) throws IOException {
        return land(seconds, 34, 11, 0.5);
    }

    /// Lands the readings of a stuck sensor.
    World stuck(int seconds) throws IOException {
        return land(seconds, 31.5, 0, 0);
    }

    /// The time of the next observation.
    Instant now() {
        return START.plusSeconds(second);
    }

    private World land(int seconds, double mean, double amplitude, double noise) throws IOException {
        List<LandedObservation> rows = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            double value = mean + amplitude * Math.sin(2 * Math.PI * second / 24) + noise * random.nextGaussian();
            Observation observation = new Observation(pipeline.name(), "lab", now(), Map.of("temperature", value));
            rows.add(new LandedObservation(observation, 0, second, now()));
            second++;
        }
        lake.write(pipeline, rows);
        return this;
    }
}
