/// Fits models to a dataset: the GRU ensemble with DL4J, the seasonal model in closed form.
@NullMarked
package io.aerocast.training.fit;

import org.jspecify.annotations.NullMarked;
