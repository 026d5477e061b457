/// Topics that every replica reads in full, outside any consumer group.
@NullMarked
package io.aerocast.api.topic;

import org.jspecify.annotations.NullMarked;
