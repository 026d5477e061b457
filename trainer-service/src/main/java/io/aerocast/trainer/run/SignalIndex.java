package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the run that answers a signal: its own, or the one into which it was merged.
final class SignalIndex {

    private final RunRecords runs;
    private final Map<String, String> mergedInto = new ConcurrentHashMap<>();

    /// @param earlier all records that are there
    SignalIndex(RunRecords runs, Iterable<RunRecord> earlier) {
        this.runs = runs;
        earlier.forEach(this::add);
    }

    /// Notes the signals that a run answers.
    void add(RunRecord run) {
        run.merged().forEach(signal -> mergedInto.put(signal, run.id()));
    }

    /// The record of the run that answers a signal.
    ///
    /// @throws IOException if it is there and cannot be read
    Optional<RunRecord> find(RetrainSignal signal) throws IOException {
        String merged = mergedInto.get(signal.id());
        return runs.find(merged == null ? RunRecord.idOf(signal.id()) : merged);
    }
}
