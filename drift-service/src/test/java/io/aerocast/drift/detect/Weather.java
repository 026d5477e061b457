package io.aerocast.drift.detect;

import java.time.Instant;
import java.util.Random;

/// Seeded outcomes of a station whose readings are an AR(1) process and whose model is that process: the errors
/// are its innovations, multiplied by a factor.
final class Weather {

    private static final double MEMORY = 0.9;
    private static final double MEAN = 20;

    private final Random random;
    private final boolean heavyTails;
    private double reading = MEAN;
    private int hour;

    private Weather(long seed, boolean heavyTails) {
        random = new Random(seed);
        this.heavyTails = heavyTails;
    }

    /// Gaussian errors with a standard deviation of 1.
    static Weather gaussian(long seed) {
        return new Weather(seed, false);
    }

    /// Errors of Student's t distribution with 4 degrees of freedom.
    static Weather heavyTailed(long seed) {
        return new Weather(seed, true);
    }

    ForecastOutcome next(String version, double factor) {
        double before = reading;
        double error = heavyTails ? student() : random.nextGaussian();
        reading = MEAN + MEMORY * (reading - MEAN) + error;
        return outcome(version, reading - factor * error, reading, before);
    }

    /// The sensor repeats a value while the model continues to forecast.
    ForecastOutcome stuck(String version, double value) {
        double before = reading;
        reading = value;
        return outcome(version, MEAN + MEMORY * (before - MEAN), value, before);
    }

    /// One reading is wrong; the process itself is unaffected, but the model sees the wrong reading.
    ForecastOutcome spike(String version, double size) {
        double before = reading;
        reading = MEAN + MEMORY * (reading - MEAN) + random.nextGaussian();
        return outcome(version, MEAN + MEMORY * (before - MEAN), reading + size, before);
    }

    ForecastOutcome afterSpike(String version, double size) {
        double before = reading;
        reading = MEAN + MEMORY * (reading - MEAN) + random.nextGaussian();
        return outcome(version, MEAN + MEMORY * (before + size - MEAN), reading, before + size);
    }

    private ForecastOutcome outcome(String version, double predicted, double actual, double persistence) {
        return new ForecastOutcome(Instant.EPOCH.plusSeconds(3600L * hour++), version, predicted, actual, persistence);
    }

    private double student() {
        double chi = 0;
        for (int i = 0; i < 4; i++) {
            chi += Math.pow(random.nextGaussian(), 2);
        }
        return random.nextGaussian() / Math.sqrt(chi / 4);
    }
}
