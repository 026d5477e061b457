/// All four services and a broker in one JVM, and the `aerocast` command.
@NullMarked
package io.aerocast.standalone;

import org.jspecify.annotations.NullMarked;
