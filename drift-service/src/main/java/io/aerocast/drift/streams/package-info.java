/// Assembles the topology of the flow and keeps it running.
@NullMarked
package io.aerocast.drift.streams;

import org.jspecify.annotations.NullMarked;
