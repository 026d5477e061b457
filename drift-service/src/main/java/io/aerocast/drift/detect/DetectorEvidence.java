package io.aerocast.drift.detect;

import org.jspecify.annotations.Nullable;

/// The present evidence of one test.
///
/// @param feature name of the feature
/// @param model kind of model, or `null` for a test of the readings
/// @param horizon steps ahead, or `null` for a test of the readings
/// @param test name of the test
/// @param statistic its statistic
/// @param threshold the statistic at which it decides
/// @param detail one phrase for a person
public record DetectorEvidence(
        String feature,
        @Nullable String model,
        @Nullable Integer horizon,
        String test,
        double statistic,
        double threshold,
        String detail) {}
