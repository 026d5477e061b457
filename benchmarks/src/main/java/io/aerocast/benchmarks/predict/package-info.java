/// How long one forecast takes.
@NullMarked
package io.aerocast.benchmarks.predict;

import org.jspecify.annotations.NullMarked;
