package io.aerocast.drift.detect;

/// The state store's value for a station of a pipeline.
///
/// @param seen the evaluations that have been judged
/// @param detector the detector's state
record StationState(Seen seen, DetectorState detector) {}
