/// Forecasts over REST and in a stream, with the model that was promoted last.
@NullMarked
package io.aerocast.api;

import org.jspecify.annotations.NullMarked;
