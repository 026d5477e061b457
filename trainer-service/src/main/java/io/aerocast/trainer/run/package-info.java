/// A training run from its signal to its record: data, fit, judgement, release, each step told and timed.
@NullMarked
package io.aerocast.trainer.run;

import org.jspecify.annotations.NullMarked;
