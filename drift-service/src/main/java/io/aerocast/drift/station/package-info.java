/// Bounds on the stations that have state: which are known, and which have been silent for too long.
@NullMarked
package io.aerocast.drift.station;

import org.jspecify.annotations.NullMarked;
