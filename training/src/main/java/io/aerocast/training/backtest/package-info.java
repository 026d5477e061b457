/// Backtests: models are fitted on the past of a data set alone, and forecast through the rest of it in order of
/// time.
@NullMarked
package io.aerocast.training.backtest;

import org.jspecify.annotations.NullMarked;
