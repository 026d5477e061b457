package io.aerocast.drift.detect;

/// A jump of the readings: either a spike (the readings return within two observations) or a level change.
///
/// @param from the reading before the jump, in the target's unit
/// @param to the reading after the jump, in the target's unit
/// @param age observations since the jump, at most 48
/// @param returned whether the readings returned within two observations
public record Jump(double from, double to, int age, boolean returned) {

    private static final int SPIKE_LENGTH = 2;

    /// A second jump within this many observations is not isolated and has full weight.
    private static final int ISOLATED = 48;

    static Jump between(double from, double to) {
        return new Jump(from, to, 0, false);
    }

    Jump next(double reading) {
        int now = age + 1;
        boolean back = now <= SPIKE_LENGTH && Math.abs(reading - from) <= Math.abs(to - from) / 2;
        return new Jump(from, to, Math.min(now, ISOLATED), returned || back);
    }

    boolean isRecent() {
        return age < ISOLATED;
    }

    /// Whether errors have no weight: it is still open whether the jump is a spike, or the spike is within the
    /// lookback.
    boolean suspendsErrors(int spikeHold) {
        return returned ? age <= spikeHold : age < SPIKE_LENGTH;
    }
}
