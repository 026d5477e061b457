/// Proven models on their way to those who serve them, and back.
@NullMarked
package io.aerocast.trainer.release;

import org.jspecify.annotations.NullMarked;
