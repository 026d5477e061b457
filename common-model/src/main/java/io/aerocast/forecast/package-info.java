/// Inference of the forecasting models: plain Java without native code, microseconds per forecast.
@NullMarked
package io.aerocast.forecast;

import org.jspecify.annotations.NullMarked;
