package io.aerocast.training.judge;

/// How often a champion is challenged, which decides what counts as proof; see `docs/decisions`.
public enum Look {
    /// Once, on an amount of data that was fixed beforehand, as after a drift: a Diebold-Mariano test.
    ONCE,
    /// Whenever somebody or a clock asks: an e-value, which stays valid however often one looks.
    REPEATEDLY
}
