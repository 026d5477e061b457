/// Measurements beside comparable systems: of speed by JMH, of accuracy on the split of the backtest.
/// See `docs/benchmarks.md` for how to run them and
/// for the results.
@NullMarked
package io.aerocast.benchmarks;

import org.jspecify.annotations.NullMarked;
