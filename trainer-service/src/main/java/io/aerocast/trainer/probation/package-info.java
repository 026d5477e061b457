/// Watches promoted models: one that turns out to be worse than the one before is rolled back.
@NullMarked
package io.aerocast.trainer.probation;

import org.jspecify.annotations.NullMarked;
