package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A station whose temperature is a daily course and an AR(1) process around it, and whose model is that
/// process. What is observed may differ from the true temperature, and the model forecasts from what is observed.
final class SyntheticStation {

    private static final Instant START = Instant.parse("2021-05-01T00:00:00Z");
    private static final double PHI = 0.95;
    private static final double INNOVATION = 0.7;

    private final Pipeline pipeline;
    private final Random random;
    private final Random witness = new Random(99);
    private final Map<Integer, Double> observed = new HashMap<>();
    private final Map<Integer, Double> truths = new HashMap<>();
    private double anomaly;
    private int hour;

    /// The shift of the readings that the model knows; before it knows one, it takes a shift for weather.
    double learnt = Double.NaN;

    /// What is observed instead of the true temperature; `NaN` if there is no reading.
    @FunctionalInterface
    interface Sensor {
        double read(double truth, SyntheticStation station);
    }

    SyntheticStation(Pipeline pipeline, long seed) {
        this.pipeline = pipeline;
        this.random = new Random(seed);
    }

    int hour() {
        return hour;
    }

    Random random() {
        return random;
    }

    static double course(int hour) {
        return 15 + 6 * Math.sin(2 * Math.PI * (hour - 9) / 24);
    }

    /// The true temperature an hour before the present one.
    double earlier = course(-1);

    /// The evaluations of the next hour; none without a reading.
    List<Evaluation> next(Sensor sensor, String version) {
        double truth = course(hour) + anomaly;
        double reading = sensor.read(truth, this);
        earlier = truth;
        List<Evaluation> evaluations = new ArrayList<>();
        if (!Double.isNaN(reading)) {
            List<Pair> pairs = pairs(version);
            if (!pairs.isEmpty()) {
                evaluations.add(new Evaluation(
                        pipeline.name(),
                        "KSYN",
                        pipeline.target().name(),
                        ModelKinds.BLEND,
                        START.plusSeconds(3600L * hour),
                        reading,
                        EvaluationSource.MATCHED,
                        null,
                        pairs));
            }
            observed.put(hour, reading);
            truths.put(hour, anomaly);
        }
        evaluations.add(quietPressure(version));
        anomaly = PHI * anomaly + INNOVATION * random.nextGaussian();
        hour++;
        return evaluations;
    }

    /// Another feature, which bears witness: white noise around a constant that the model knows.
    private Evaluation quietPressure(String version) {
        List<Pair> pairs = pipeline.horizons().stream()
                .map(horizon -> new Pair(horizon, version, 1013, 1013.0, 1012.2, 1013.8))
                .toList();
        return new Evaluation(
                pipeline.name(),
                "KSYN",
                "pressure",
                ModelKinds.BLEND,
                START.plusSeconds(3600L * hour),
                1013 + 0.5 * witness.nextGaussian(),
                EvaluationSource.MATCHED,
                null,
                pairs);
    }

    private List<Pair> pairs(String version) {
        List<Pair> pairs = new ArrayList<>();
        for (int horizon : pipeline.horizons()) {
            Double origin = observed.get(hour - horizon);
            if (origin != null) {
                boolean adapted = !Double.isNaN(learnt);
                double state = adapted ? truths.get(hour - horizon) : origin - course(hour - horizon);
                double faded = Math.pow(PHI, horizon) * state + (adapted ? learnt : 0);
                double spread = 1.645 * INNOVATION * Math.sqrt((1 - Math.pow(PHI, 2 * horizon)) / (1 - PHI * PHI));
                double value = course(hour) + faded;
                pairs.add(new Pair(horizon, version, value, origin, value - spread, value + spread));
            }
        }
        return pairs;
    }
}
