package io.aerocast.training.dataset;

/// The fault that a plausible reading is suspected of.
public enum Suspicion {
    /// No fault.
    NONE,
    /// It deviates from both of its neighbours by more than genuine readings do.
    SPIKE,
    /// It equals too many readings before and after it: the sensor is stuck.
    STUCK
}
