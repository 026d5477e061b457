package io.aerocast.drift.match;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;

/// A record of either input of the join.
sealed interface JoinInput {

    /// @param observation the readings of a station
    record Observed(Observation observation) implements JoinInput {}

    /// @param forecast all horizons of one origin
    record Issued(Forecast forecast) implements JoinInput {}
}
