/// Forecasting models as they serve: plain Java, no native code, microseconds per forecast.
@NullMarked
package io.aerocast.forecast;

import org.jspecify.annotations.NullMarked;
