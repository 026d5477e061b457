/// Forecasts joined with what came true; drift of the error; retrain signals.
@NullMarked
package io.aerocast.drift;

import org.jspecify.annotations.NullMarked;
