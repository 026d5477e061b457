/// The four services with their broker in one JVM, their data directory and their ports.
@NullMarked
package io.aerocast.standalone.runtime;

import org.jspecify.annotations.NullMarked;
