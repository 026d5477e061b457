package io.aerocast.drift.detect;

/// A leap of the readings, which is either a spike (it returns within two readings) or a change.
///
/// @param from the reading before, in the target's unit
/// @param to the reading that leapt
/// @param age observations since
/// @param returned whether the readings came back within two observations
public record Jump(double from, double to, int age, boolean returned) {

    private static final int RETURNS_WITHIN = 2;

    /// A second leap within this many observations is not isolated any more, and counts.
    private static final int ISOLATED = 48;

    static Jump between(double from, double to) {
        return new Jump(from, to, 0, false);
    }

    Jump next(double reading) {
        int now = age + 1;
        boolean back = now <= RETURNS_WITHIN && Math.abs(reading - from) <= Math.abs(to - from) / 2;
        return new Jump(from, to, Math.min(now, ISOLATED), returned || back);
    }

    boolean recent() {
        return age < ISOLATED;
    }

    /// Whether errors do not count: it is not known yet what the leap is, or the spike still lies in the lookback.
    boolean holds(int spikeHold) {
        return returned ? age <= spikeHold : age < RETURNS_WITHIN;
    }
}
