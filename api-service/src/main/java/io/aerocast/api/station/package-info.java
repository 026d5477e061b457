/// Pipelines and stations: their forecasts, drift states, and their recent past.
@NullMarked
package io.aerocast.api.station;

import org.jspecify.annotations.NullMarked;
