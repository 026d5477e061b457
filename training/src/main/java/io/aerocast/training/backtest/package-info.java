/// How good the models would have been: fitted on the past of a data set alone, and walked through the rest of it in
/// order of time.
@NullMarked
package io.aerocast.training.backtest;

import org.jspecify.annotations.NullMarked;
