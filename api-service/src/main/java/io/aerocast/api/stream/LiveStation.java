package io.aerocast.api.stream;

import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Ready;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The targets of one station. A reading that is missing for one of them does not stop the others. Not safe for use
/// by several threads.
final class LiveStation {

    private final Pipeline pipeline;
    private final List<LiveTarget> targets;
    private @Nullable Instant newest;

    /// @param history grid times before the lookback that the station keeps, for a new version to learn from
    LiveStation(Pipeline pipeline, int history, IntervalMetrics metrics) {
        this.pipeline = pipeline;
        this.targets = pipeline.views().stream()
                .map(view -> new LiveTarget(view, history, metrics))
                .toList();
    }

    Arrival arrive(Observation observation) {
        Instant slot = pipeline.slot(observation.timestamp());
        targets.forEach(target -> target.observe(observation));
        if (newest != null && slot.isBefore(newest)) {
            return new Passed(Why.LATE);
        }
        newest = slot;
        boolean repeated = targets.stream().anyMatch(target -> target.forecastFrom(slot));
        List<Ready> ready =
                targets.stream().flatMap(target -> target.ready(slot).stream()).toList();
        if (ready.isEmpty()) {
            return new Passed(repeated ? Why.REPEATED : Why.INCOMPLETE);
        }
        return new Current(ready);
    }
}
