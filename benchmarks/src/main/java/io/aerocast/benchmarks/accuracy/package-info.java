/// Accuracy of another forecasting engine for the JVM, on the split of the backtest.
@NullMarked
package io.aerocast.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
