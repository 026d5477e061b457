/// The list of runs, from the data directory and a tracking server.
@NullMarked
package io.aerocast.trainer.history;

import org.jspecify.annotations.NullMarked;
