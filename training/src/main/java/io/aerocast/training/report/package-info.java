/// A training or a backtest for a person to read: text, plots and an HTML page.
@NullMarked
package io.aerocast.training.report;

import org.jspecify.annotations.NullMarked;
