/// Proof before promotion: a candidate against the model that it would replace, and against persistence.
@NullMarked
package io.aerocast.training.judge;

import org.jspecify.annotations.NullMarked;
