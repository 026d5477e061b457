package io.aerocast.training.backtest;

/// Receives the progress of a backtest, on the calling thread.
@FunctionalInterface
public interface BacktestProgress {

    /// Ignores the progress.
    BacktestProgress SILENT = (what, fraction) -> {};

    /// Reports the progress.
    ///
    /// @param what the current step: `fold 1 of 4: fitting the gru`
    /// @param fraction of the whole backtest, 0 to 1
    void at(String what, double fraction);
}
