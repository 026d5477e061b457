/// The live stream: forecasts each station as its observations arrive. The replicas share the partitions of the
/// observations in one consumer group.
@NullMarked
package io.aerocast.api.stream;

import org.jspecify.annotations.NullMarked;
