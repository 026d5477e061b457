/// Training samples from observations, their quality, and their division into training, validation and hold-out
/// data.
@NullMarked
package io.aerocast.training.dataset;

import org.jspecify.annotations.NullMarked;
