/// Whether a model's forecasts say anything: flat output, found and named.
@NullMarked
package io.aerocast.training.check;

import org.jspecify.annotations.NullMarked;
