package io.aerocast.forecast;

/// Combines the models of one feature of one station.
final class Blend {}
