package io.aerocast.training.backtest;

/// Is told how a backtest gets on.
@FunctionalInterface
public interface BacktestProgress {

    /// Tells nobody.
    BacktestProgress SILENT = (what, fraction) -> {};

    /// It has come this far.
    ///
    /// @param what is being done, such as `fold 1 of 4: fitting the gru`
    /// @param fraction of the whole that is done, 0 to 1
    void at(String what, double fraction);
}
