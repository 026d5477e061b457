package io.aerocast.trainer.track;

import java.time.Duration;

/// A tracking server that receives every run.
///
/// @param log its run log
/// @param address for a person
/// @param longestPause longest pause between two attempts while it fails
public record TrackingServer(RunLog log, String address, Duration longestPause) {}
