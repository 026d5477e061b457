package io.aerocast.drift.match;

import java.util.Map;

/// How far the join of a station has come.
///
/// @param newest newest grid time of an observation, in epoch milliseconds
/// @param heardAt the pipeline's clock at the latest observation, see [io.aerocast.drift.station.Roster]
/// @param origins newest origin in epoch milliseconds by kind of model, by feature
record Progress(long newest, long heardAt, Map<String, Map<String, Long>> origins) {

    static final Progress NONE = new Progress(Long.MIN_VALUE, Long.MIN_VALUE, Map.of());

    Progress heard(long slot, long clock) {
        return new Progress(Math.max(newest, slot), clock, origins);
    }
}
