/// The simulated stations of ingest-service: requests are forwarded to it.
@NullMarked
package io.aerocast.api.simulation;

import org.jspecify.annotations.NullMarked;
