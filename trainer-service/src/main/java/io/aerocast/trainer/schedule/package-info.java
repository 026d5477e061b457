/// Signals that the trainer raises by itself: routine trainings, and another try after a drift.
@NullMarked
package io.aerocast.trainer.schedule;

import org.jspecify.annotations.NullMarked;
