package io.aerocast.trainer.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The end of a promoted model's probation, during which the model that it replaced went on in the shadow.
///
/// @param result how it ended
/// @param champion version of the model that it was compared with
/// @param endedAt wall-clock time
/// @param gridTimes grid times since the promotion whose target was observed
/// @param reason the finding that decided, in words
public record Probation(Result result, String champion, Instant endedAt, int gridTimes, String reason) {

    public Probation {
        requireNonNull(result, "result");
        requireNonNull(champion, "champion");
        requireNonNull(endedAt, "endedAt");
    }

    /// How a probation ended.
    public enum Result {
        /// The model is not worse, as far as the data of the whole period show.
        @JsonProperty("passed")
        PASSED,
        /// The model is worse beyond chance: the one before serves again, and this one is never promoted again
        /// without a training.
        @JsonProperty("rolled-back")
        ROLLED_BACK
    }

    /// Whether a version failed its probation.
    static boolean failed(@Nullable Probation probation) {
        return probation != null && probation.result() == Result.ROLLED_BACK;
    }
}
