package io.aerocast.drift.detect;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Observation;

/// What the detectors learn from.
sealed interface DetectInput {

    /// An observation that arrived, whether or not its values were forecast.
    record Arrived(Observation observation) implements DetectInput {}

    /// An observed value and its forecasts.
    record Matched(Evaluation evaluation) implements DetectInput {}

    /// An observation that the ingest service refused.
    record Refused(Observation observation) implements DetectInput {}
}
