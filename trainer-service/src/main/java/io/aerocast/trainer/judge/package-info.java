/// Proof before promotion: a candidate against the model that it would replace, and against persistence.
@NullMarked
package io.aerocast.trainer.judge;

import org.jspecify.annotations.NullMarked;
