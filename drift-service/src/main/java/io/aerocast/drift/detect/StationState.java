package io.aerocast.drift.detect;

/// What the store keeps for a station of a pipeline.
///
/// @param seen which evaluations have been judged
/// @param detector what the detector remembers
record StationState(Seen seen, DetectorState detector) {}
