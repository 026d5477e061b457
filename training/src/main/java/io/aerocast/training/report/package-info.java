/// Reports of trainings and backtests: text, plots and an HTML page.
@NullMarked
package io.aerocast.training.report;

import org.jspecify.annotations.NullMarked;
