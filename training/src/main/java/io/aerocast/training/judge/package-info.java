/// The promotion gate: compares a candidate with the model that it would replace, and with persistence.
@NullMarked
package io.aerocast.training.judge;

import org.jspecify.annotations.NullMarked;
