package io.aerocast.api.retrain;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Decides whether a routine training of a pipeline is due.
final class RetrainCheck {

    private final Duration maxAge;

    RetrainCheck(Duration maxAge) {
        this.maxAge = maxAge;
    }

    /// @param last time of the last training, empty if the pipeline was never trained here
    /// @param now wall-clock time
    RetrainVerdict judge(Pipeline pipeline, Optional<Instant> last, Instant now) {
        return last.map(at -> judge(pipeline, at, now))
                .orElseGet(() -> new RetrainVerdict.Due(
                        null, signal(pipeline, Instant.EPOCH, now, "it was never trained here")));
    }

    private RetrainVerdict judge(Pipeline pipeline, Instant last, Instant now) {
        Duration age = Duration.between(last, now);
        String reason = "the last training is %s old, at most %s is allowed".formatted(text(age), text(maxAge));
        return age.compareTo(maxAge) <= 0
                ? new RetrainVerdict.Fresh(age, reason)
                : new RetrainVerdict.Due(age, signal(pipeline, last, now, reason));
    }

    /// Checks within one period of `maxAge` raise the same signal. If its training promotes no model, the next
    /// period raises another one.
    private RetrainSignal signal(Pipeline pipeline, Instant last, Instant now, String note) {
        long period = Duration.between(last, now).dividedBy(maxAge);
        String id = "schedule/%s/%s/%d".formatted(pipeline.name(), last, period);
        return new RetrainSignal(id, pipeline.name(), RetrainReason.SCHEDULE, now, null, null, null, note, Map.of());
    }

    private static String text(Duration age) {
        return age.toDays() > 0
                ? "%d d %d h".formatted(age.toDays(), age.toHoursPart())
                : "%d h %d min %d s".formatted(age.toHours(), age.toMinutesPart(), age.toSecondsPart());
    }
}
