/// Fits models to a dataset: the GRU through DL4J, the seasonal baseline in closed form.
@NullMarked
package io.aerocast.training.fit;

import org.jspecify.annotations.NullMarked;
