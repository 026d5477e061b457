package io.aerocast.event;

import java.time.Instant;
import java.util.Map;

/// What a station measured at one time.
///
/// @param pipeline the pipeline's name
/// @param station the station's identifier, such as `KJFK`
/// @param timestamp the time of observation, never the time of arrival
/// @param readings value by feature name, in the feature's unit; a missing reading is absent, never 0.0
public record Observation(String pipeline, String station, Instant timestamp, Map<String, Double> readings) {

    public Observation {
        Require.text(pipeline, "an observation's pipeline");
        Require.text(station, "an observation's station");
        Require.present(timestamp, "an observation's timestamp");
        Require.present(readings, "an observation's readings");
        readings = Require.sorted(readings);
    }
}
