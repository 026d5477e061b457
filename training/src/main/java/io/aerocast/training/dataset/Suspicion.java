package io.aerocast.training.dataset;

/// What a plausible reading is suspected of.
public enum Suspicion {
    /// Nothing.
    NONE,
    /// It stands out from both of its neighbours by more than genuine readings do.
    SPIKE,
    /// It equals too many readings before and after it: the sensor is stuck.
    STUCK
}
