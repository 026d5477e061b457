package io.aerocast.trainer.track;

import java.time.Duration;

/// A tracking server that receives every run.
///
/// @param log receives its runs
/// @param address for a person
/// @param longestPause longest pause between two attempts while it fails
public record TrackingServer(RunReceiver log, String address, Duration longestPause) {}
