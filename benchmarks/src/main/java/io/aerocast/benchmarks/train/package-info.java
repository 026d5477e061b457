/// Time of training.
@NullMarked
package io.aerocast.benchmarks.train;

import org.jspecify.annotations.NullMarked;
