/// Topics that every replica reads completely, without a consumer group.
@NullMarked
package io.aerocast.api.topic;

import org.jspecify.annotations.NullMarked;
