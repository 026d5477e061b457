package io.aerocast.event;

import java.time.Instant;
import java.util.Map;

/// The readings of a station at one time.
///
/// @param pipeline the pipeline's name
/// @param station the station's identifier, such as `KJFK`
/// @param timestamp the time of observation, never the time of arrival
/// @param readings value by feature name, in the feature's unit; a missing reading is absent, never 0.0
public record Observation(String pipeline, String station, Instant timestamp, Map<String, Double> readings) {

    public Observation {
        Require.text("an observation's pipeline", pipeline);
        Require.text("an observation's station", station);
        Require.present("an observation's timestamp", timestamp);
        Require.present("an observation's readings", readings);
        readings = Require.sorted(readings);
    }
}
