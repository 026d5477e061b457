/// The record of a training run: the one document on the disk from which everything else about a run is derived.
@NullMarked
package io.aerocast.trainer.record;

import org.jspecify.annotations.NullMarked;
