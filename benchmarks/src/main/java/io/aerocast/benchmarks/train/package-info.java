/// How long training takes.
@NullMarked
package io.aerocast.benchmarks.train;

import org.jspecify.annotations.NullMarked;
