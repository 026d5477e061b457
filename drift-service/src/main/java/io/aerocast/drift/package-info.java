/// Joins forecasts with observed values, detects drift of the forecast error and raises retrain signals.
@NullMarked
package io.aerocast.drift;

import org.jspecify.annotations.NullMarked;
