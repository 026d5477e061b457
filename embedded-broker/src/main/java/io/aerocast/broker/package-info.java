/// A single-node Kafka broker inside this JVM.
@NullMarked
package io.aerocast.broker;

import org.jspecify.annotations.NullMarked;
