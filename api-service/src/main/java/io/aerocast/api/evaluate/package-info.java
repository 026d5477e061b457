/// `POST /eval`: how forecasts did, and whether they drift.
@NullMarked
package io.aerocast.api.evaluate;

import org.jspecify.annotations.NullMarked;
