package io.aerocast.api.retrain;

import io.aerocast.event.RetrainSignal;
import java.time.Duration;
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

    /// A training is due.
    ///
    /// @param signal requests the training
    record Due(@Nullable Duration age, RetrainSignal signal) implements RetrainVerdict {

        @Override
        public String reason() {
            return signal.note();
        }
    }
}
