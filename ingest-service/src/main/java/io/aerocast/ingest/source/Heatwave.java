package io.aerocast.ingest.source;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/// A simulated temperature, calm at first and then in a heatwave, as a pure function of seed and step.
///
/// A day has 24 steps. With the hour angle θ from 15 h and first-order autoregressive noise ε, the temperature of
/// both regimes is mean + amplitude · shape(θ) + ε:
///
/// | | mean | amplitude | shape |
/// |---|---|---|---|
/// | calm | 20 °C | 4 °C | cos θ + 0.15 cos(2θ + 1) |
/// | heatwave | 32 °C | 10 °C | 0.95 cos φ + 0.4 cos(2φ + 0.6) + 0.2 cos(3φ + 1.2), φ = θ + 45° |
///
/// The heatwave fades in, and out if it ends, over 48 steps. ε_t = 0.5 ε_{t−1} + N(0, 0.5 °C) is the same in both
/// regimes, so 0.5 °C is the lower bound of the one-step-ahead RMSE of any model. The heatwave changes level,
/// amplitude, phase and the third harmonic, and with them the dependence on the last 24 steps: a model fitted on
/// the calm regime becomes inaccurate, and a refitted model does not. RMSE one step ahead, mean of five seeds,
/// fitted on 600 calm steps or on 300 steps of the heatwave (GRU: 16 hidden units, 60 epochs):
///
/// | RMSE, °C | calm | heatwave, fitted on calm | heatwave, refitted |
/// |---|---|---|---|
/// | persistence | 0.97 | 2.57 | 2.57 |
/// | linear in the 24 values | 0.55 | 5.1 | 0.56 |
/// | linear in the 24 values relative to the latest (`HeatwaveTest`) | 0.56 | 1.24 | 0.56 |
/// | GRU | 0.57 | 3.20 | 0.65 |
///
/// @param seed seed of the noise
/// @param calmSteps steps before the heatwave begins
/// @param heatwaveSteps steps until it begins to fade; empty if it stays
public record Heatwave(long seed, long calmSteps, OptionalLong heatwaveSteps) {

    private static final int STEPS_PER_DAY = 24;
    private static final int RAMP_STEPS = 48;
    private static final double CALM_MEAN = 20;
    private static final double CALM_AMPLITUDE = 4;
    private static final double HEATWAVE_MEAN = 32;
    private static final double HEATWAVE_AMPLITUDE = 10;
    private static final double NOISE_MEMORY = 0.5;
    private static final double NOISE_DEVIATION = 0.5;
    /// The weight of an older shock, below 0.5^40, is negligible after rounding to a hundredth.
    private static final int NOISE_STEPS = 40;

    /// A temperature without a heatwave.
    public static Heatwave never(long seed) {
        return new Heatwave(seed, Long.MAX_VALUE, OptionalLong.empty());
    }

    /// The temperature at a step.
    ///
    /// @param step at least 0
    /// @return °C, to a hundredth
    public double temperature(long step) {
        return temperature(step, heat(step));
    }

    /// The temperature at a step in weather between the two regimes.
    ///
    /// @param heat share of the heatwave regime
    double temperature(long step, double heat) {
        double angle = 2 * Math.PI * (Math.floorMod(step, STEPS_PER_DAY) - 15) / STEPS_PER_DAY;
        double celsius = (1 - heat) * calm(angle) + heat * heatwave(angle) + noise(step);
        return Math.round(celsius * 100) / 100.0;
    }

    /// Share of the heatwave regime at a step, from 0 (calm) to 1.
    public double heat(long step) {
        if (step < calmSteps) {
            return 0;
        }
        long since = step - calmSteps;
        double in = Math.min(1, (double) since / RAMP_STEPS);
        double out = heatwaveSteps.isEmpty()
                ? 0
                : Math.clamp((double) (since - heatwaveSteps.getAsLong()) / RAMP_STEPS, 0, 1);
        return Math.max(0, in - out);
    }

    /// The share of the heatwave regime while it rises or falls.
    ///
    /// @param from its share at the beginning
    /// @param steps steps since
    /// @param hot whether it rises
    static double ramped(double from, long steps, boolean hot) {
        double change = (double) steps / RAMP_STEPS;
        return Math.clamp(hot ? from + change : from - change, 0, 1);
    }

    private static double calm(double angle) {
        return CALM_MEAN + CALM_AMPLITUDE * (Math.cos(angle) + 0.15 * Math.cos(2 * angle + 1));
    }

    private static double heatwave(double angle) {
        double early = angle + Math.PI / 4;
        return HEATWAVE_MEAN
                + HEATWAVE_AMPLITUDE
                        * (0.95 * Math.cos(early) + 0.4 * Math.cos(2 * early + 0.6) + 0.2 * Math.cos(3 * early + 1.2));
    }

    /// AR(1) noise as a weighted sum of the latest shocks, which needs no state.
    private double noise(long step) {
        double sum = 0;
        double weight = 1;
        for (int back = 0; back < NOISE_STEPS; back++) {
            sum += weight * shock(step - back);
            weight *= NOISE_MEMORY;
        }
        return NOISE_DEVIATION * sum;
    }

    private double shock(long step) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + step).nextGaussian();
    }
}
