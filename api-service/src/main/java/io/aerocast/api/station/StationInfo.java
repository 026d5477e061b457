package io.aerocast.api.station;

import io.aerocast.event.DriftState;
import java.time.Instant;
import java.util.Map;

/// A station in the reply of `GET /v1/stations`.
///
/// @param timestamp time of its newest observation
/// @param arrived arrival of that observation on the topic, by the broker's clock
/// @param readings by feature
/// @param drift the most severe state of its targets
record StationInfo(
        String pipeline,
        String station,
        Instant timestamp,
        Instant arrived,
        Map<String, Double> readings,
        DriftState drift) {}
