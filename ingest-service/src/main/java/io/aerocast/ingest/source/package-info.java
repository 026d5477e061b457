/// Sources of observations, each enabled by configuration: those with a position, the heatwave simulator and the
/// archive replay, and polled services.
@NullMarked
package io.aerocast.ingest.source;

import org.jspecify.annotations.NullMarked;
