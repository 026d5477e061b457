/// Time of one forecast.
@NullMarked
package io.aerocast.benchmarks.predict;

import org.jspecify.annotations.NullMarked;
