package io.aerocast.api.retrain;

import io.aerocast.event.RetrainSignal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The newest retrain signals, whoever raised them. Safe for use by several threads.
public final class RetrainSignals {

    /// Number of signals to keep.
    static final int KEPT = 100;

    private final SequencedMap<String, RetrainSignal> byId = new LinkedHashMap<>();

    synchronized void raised(RetrainSignal signal) {
        byId.putIfAbsent(signal.id(), signal);
        if (byId.size() > KEPT) {
            byId.pollFirstEntry();
        }
    }

    /// The signals, newest first.
    public synchronized List<RetrainSignal> newest() {
        return List.copyOf(byId.sequencedValues().reversed());
    }
}
