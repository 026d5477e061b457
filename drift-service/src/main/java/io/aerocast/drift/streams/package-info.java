/// Builds the Kafka Streams topology and keeps it running.
@NullMarked
package io.aerocast.drift.streams;

import org.jspecify.annotations.NullMarked;
