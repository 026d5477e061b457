package io.aerocast.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the trainer does, in the reply of `GET /status`.
///
/// @param url the address of the trainer
/// @param reachable whether it has answered the latest request
/// @param runs its open runs
/// @param probation the promoted models that it still compares with the ones before
record TrainerView(URI url, boolean reachable, List<RunView> runs, List<ProbationView> probation) {

    /// An open run.
    ///
    /// @param phase such as `waiting for data`
    /// @param reason of the retrain signal
    /// @param samples recent grid times with samples
    /// @param needed number of such grid times that a training needs
    /// @param since time since which it waits for data, by the trainer's clock; absent in another phase
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunView(
            String pipeline,
            String phase,
            String reason,
            int samples,
            int needed,
            @Nullable Instant since) {}

    /// A promoted model on probation.
    ///
    /// @param champion version of the model before
    /// @param gridTimes grid times since the promotion, at the last comparison
    /// @param of length of the probation in grid times
    record ProbationView(
            String pipeline, String feature, String model, String version, String champion, int gridTimes, int of) {}
}
