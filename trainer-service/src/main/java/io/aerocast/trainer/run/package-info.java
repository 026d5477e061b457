/// A training run from its signal to its end: data, fit, judgement, publication, tracking, report.
@NullMarked
package io.aerocast.trainer.run;

import org.jspecify.annotations.NullMarked;
