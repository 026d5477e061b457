package io.aerocast.api.retrain;

import io.aerocast.event.RetrainSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a routine training is due.
sealed interface RetrainVerdict {

    /// @return the age of the last training, or `null` if there was none
    @Nullable
    Duration age();

    /// @return a sentence for people
    String reason();

    /// No training is due.
    record Fresh(Duration age, String reason) implements RetrainVerdict {}

    /// A training is due and was requested before, so that the trainer runs none for another request.
    record Requested(@Nullable Duration age, String reason) implements RetrainVerdict {}

    /// A training is due.
    ///
    /// @param signal requests the training
    record Due(@Nullable Duration age, RetrainSignal signal) implements RetrainVerdict {

        @Override
        public String reason() {
            return signal.note();
        }

        /// @param at when it was requested
        Requested requested(Instant at) {
            return new Requested(age, "%s; a training was requested at %s".formatted(reason(), at));
        }
    }
}
