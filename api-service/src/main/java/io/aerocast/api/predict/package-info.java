/// `POST /predict`: forecasts from a sequence of readings.
@NullMarked
package io.aerocast.api.predict;

import org.jspecify.annotations.NullMarked;
