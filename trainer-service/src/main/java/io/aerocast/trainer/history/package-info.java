/// What was trained, wherever it was logged.
@NullMarked
package io.aerocast.trainer.history;

import org.jspecify.annotations.NullMarked;
