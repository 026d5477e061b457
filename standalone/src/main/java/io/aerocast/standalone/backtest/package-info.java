/// The command `backtest` and its output: table, JSON and report.
@NullMarked
package io.aerocast.standalone.backtest;

import org.jspecify.annotations.NullMarked;
