/// Tells from a station's forecast errors when a model has gone stale, and a stale model from a broken sensor.
@NullMarked
package io.aerocast.drift.detect;

import org.jspecify.annotations.NullMarked;
