/// Observations before they land: files of observations, and the check that decides which ones are accepted.
@NullMarked
package io.aerocast.observation;

import org.jspecify.annotations.NullMarked;
