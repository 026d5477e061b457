package io.aerocast.training.judge;

/// How often a champion is challenged, which decides on the statistical test; see `docs/decisions`.
public enum Look {
    /// Once, on a fixed amount of data, as after a drift: a Diebold-Mariano test.
    ONCE,
    /// Any number of times, by schedule or on request: an e-value, which is valid however often it is evaluated.
    REPEATEDLY
}
