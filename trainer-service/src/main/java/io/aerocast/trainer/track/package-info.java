/// Runs for people: kept in the data directory, and told in order to a tracking server that may be away.
@NullMarked
package io.aerocast.trainer.track;

import org.jspecify.annotations.NullMarked;
