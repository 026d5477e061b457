/// The trainer: turns a retrain signal into a dataset, a fit, a judgement and a published model.
@NullMarked
package io.aerocast.trainer;

import org.jspecify.annotations.NullMarked;
