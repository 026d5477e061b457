/// Measures of forecasts against observations: errors, skill, intervals and tests of their differences.
@NullMarked
package io.aerocast.training.score;

import org.jspecify.annotations.NullMarked;
