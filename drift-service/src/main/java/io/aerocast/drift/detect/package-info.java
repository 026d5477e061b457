/// Detects from a station's forecast errors that a model is stale, and distinguishes a stale model from a broken
/// sensor.
@NullMarked
package io.aerocast.drift.detect;

import org.jspecify.annotations.NullMarked;
