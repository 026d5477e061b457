package io.aerocast.trainer.track;

import java.time.Duration;

/// A tracking server that is to be told of every run.
///
/// @param log how it is told
/// @param address for a person
/// @param longestPause between two attempts while it cannot be told
public record TrackingServer(RunLog log, String address, Duration longestPause) {}
