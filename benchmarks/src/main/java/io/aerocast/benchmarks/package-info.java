/// Measurements beside comparable systems: of speed by JMH, of accuracy on the split of the backtest.
/// `docs/benchmarks.md` tells how to run them and what came out.
@NullMarked
package io.aerocast.benchmarks;

import org.jspecify.annotations.NullMarked;
