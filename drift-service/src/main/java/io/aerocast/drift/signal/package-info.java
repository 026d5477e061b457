/// Turns the start of a drift episode into one retrain signal.
@NullMarked
package io.aerocast.drift.signal;

import org.jspecify.annotations.NullMarked;
