/// Configures the check that an observation passes before it is published and again before it lands.
@NullMarked
package io.aerocast.ingest.check;

import org.jspecify.annotations.NullMarked;
