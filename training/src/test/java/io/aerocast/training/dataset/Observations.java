package io.aerocast.training.dataset;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Small pipelines and their observations.
final class Observations {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Observations() {}

    /// One feature, hourly.
    static Pipeline pipeline(int lookback, Integer... horizons) {
        return new Pipeline(
                "small",
                List.of(new Feature("temperature", "°C", "temp", -60, 60)),
                Duration.ofHours(1),
                lookback,
                List.of(horizons),
                List.of());
    }

    /// Three features, hourly.
    static Pipeline weather(int lookback, Integer... horizons) {
        return new Pipeline(
                "weather",
                List.of(
                        new Feature("temperature", "°C", "temp", -60, 60),
                        new Feature("windspeed", "m/s", "wind", 0, 113),
                        new Feature("pressure", "hPa", "pressure", 870, 1085)),
                Duration.ofHours(1),
                lookback,
                List.of(horizons),
                List.of());
    }

    static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    static Observation at(Pipeline pipeline, String station, int hour, double... values) {
        Map<String, Double> readings = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                readings.put(pipeline.features().get(i).name(), values[i]);
            }
        }
        return new Observation(pipeline.name(), station, hour(hour), readings);
    }

    /// One station, hour by hour; `NaN` for a missing reading.
    static List<Observation> series(Pipeline pipeline, String station, double... values) {
        List<Observation> observations = new ArrayList<>();
        for (int hour = 0; hour < values.length; hour++) {
            observations.add(at(pipeline, station, hour, values[hour]));
        }
        return observations;
    }

    static List<Sample> samples(Pipeline pipeline, List<Observation> observations) {
        SampleCutter cutter = new SampleCutter(pipeline);
        observations.forEach(cutter::add);
        return cutter.samples();
    }
}
