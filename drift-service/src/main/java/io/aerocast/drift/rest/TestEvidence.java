package io.aerocast.drift.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.drift.detect.DetectorEvidence;
import org.jspecify.annotations.Nullable;

/// The present evidence of one test.
///
/// @param model kind of model, absent for a test of the readings
/// @param horizon steps ahead, absent for a test of the readings
/// @param statistic its statistic, absent while the test has too few observations
/// @param threshold the statistic at which it decides
@JsonInclude(JsonInclude.Include.NON_NULL)
record TestEvidence(
        String test,
        @Nullable String model,
        @Nullable Integer horizon,
        @Nullable Double statistic,
        @Nullable Double threshold,
        Object detail) {

    static TestEvidence of(DetectorEvidence e) {
        return new TestEvidence(
                e.test(), e.model(), e.horizon(), finite(e.statistic()), finite(e.threshold()), e.detail());
    }

    /// JSON has no `NaN`.
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
