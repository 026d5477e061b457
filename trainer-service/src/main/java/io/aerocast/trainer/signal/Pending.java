package io.aerocast.trainer.signal;

import io.aerocast.trainer.run.OpenRun;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;

/// The signals of one partition that are not committed yet. Of the signals that a run answers only the first
/// offset is kept, so that its size is the number of open runs, however many signals arrive.
final class Pending {

    private static final long NONE = -1;

    private final Map<OpenRun, Long> firstOffsets = new HashMap<>();
    private long next = NONE;
    private long committed = NONE;

    /// An open run answers a signal.
    void open(OpenRun run, long offset) {
        firstOffsets.merge(run, offset, Math::min);
    }

    /// A signal was received; it is answered unless it was passed to [#open].
    void received(long offset) {
        next = Math.max(next, offset + 1);
    }

    /// The offset up to which all signals are answered.
    ///
    /// @return empty if it is committed
    OptionalLong answered() {
        firstOffsets.keySet().removeIf(Pending::answered);
        long through =
                firstOffsets.values().stream().mapToLong(Long::longValue).min().orElse(next);
        return through <= committed ? OptionalLong.empty() : OptionalLong.of(through);
    }

    /// The broker has taken an offset.
    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    private static boolean answered(OpenRun run) {
        return run.end().state() == Future.State.SUCCESS && run.end().resultNow();
    }

    /// The runs that answer its signals.
    Collection<OpenRun> runs() {
        return List.copyOf(firstOffsets.keySet());
    }

    /// Number of runs whose signals are not answered.
    int size() {
        return firstOffsets.size();
    }
}
