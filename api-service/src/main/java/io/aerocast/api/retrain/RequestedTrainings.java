package io.aerocast.api.retrain;

import io.aerocast.event.RetrainSignal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// The newest trainings that have been requested, by any service: when each signal was raised, by its id.
final class RequestedTrainings {

    private static final int MOST = 1_000;

    private final SequencedMap<String, Instant> raised = new LinkedHashMap<>();

    synchronized void add(RetrainSignal signal) {
        raised.putIfAbsent(signal.id(), signal.raisedAt());
        if (raised.size() > MOST) {
            raised.pollFirstEntry();
        }
    }

    /// When a signal was raised for the first time; empty if it was not.
    synchronized Optional<Instant> find(RetrainSignal signal) {
        return Optional.ofNullable(raised.get(signal.id()));
    }
}
