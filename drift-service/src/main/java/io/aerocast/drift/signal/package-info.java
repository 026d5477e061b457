/// Turns the beginning of a drift episode into one wish for retraining.
@NullMarked
package io.aerocast.drift.signal;

import org.jspecify.annotations.NullMarked;
