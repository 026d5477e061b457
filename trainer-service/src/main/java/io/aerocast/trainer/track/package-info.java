/// Runs for people: logged in the data directory, and delivered in order to a tracking server that may be down.
@NullMarked
package io.aerocast.trainer.track;

import org.jspecify.annotations.NullMarked;
