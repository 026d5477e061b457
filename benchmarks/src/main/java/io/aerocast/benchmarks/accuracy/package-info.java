/// How good the forecasts of another engine for the JVM are, on the split of the backtest.
@NullMarked
package io.aerocast.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
