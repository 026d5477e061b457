/// The command `backtest`: its table, its JSON, and its report with plots.
@NullMarked
package io.aerocast.standalone.backtest;

import org.jspecify.annotations.NullMarked;
