/// The data directory, the ports, and the four services with their broker in one JVM.
@NullMarked
package io.aerocast.standalone.runtime;

import org.jspecify.annotations.NullMarked;
