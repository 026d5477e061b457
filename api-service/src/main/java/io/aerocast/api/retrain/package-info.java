/// `POST /routine-retrain-check`: requests a training of each pipeline whose last training is too old.
@NullMarked
package io.aerocast.api.retrain;

import org.jspecify.annotations.NullMarked;
