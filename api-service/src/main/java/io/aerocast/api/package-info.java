/// Forecasts over REST and as a stream, from the model that was last proven.
@NullMarked
package io.aerocast.api;

import org.jspecify.annotations.NullMarked;
