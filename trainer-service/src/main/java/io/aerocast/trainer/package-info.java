/// Retrain signal to dataset, fit, judgement and a published model.
@NullMarked
package io.aerocast.trainer;

import org.jspecify.annotations.NullMarked;
