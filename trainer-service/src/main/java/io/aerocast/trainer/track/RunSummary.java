package io.aerocast.trainer.track;

import io.aerocast.event.RetrainReason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run in a list.
///
/// @param key identity, see [TrackedRun]
/// @param version the candidate's version, or `null` if there was none
/// @param verdict `promoted`, `held` or `failed`
/// @param rmse of the candidate on the hold-out at the first horizon, in the target's unit, or `null`
/// @param championRmse of the model that it was measured against, likewise
/// @param persistenceRmse of persistence, likewise
/// @param page where a person can open it, or `null`
public record RunSummary(
        String key,
        String pipeline,
        String model,
        RetrainReason reason,
        Instant startedAt,
        Duration took,
        @Nullable String version,
        String verdict,
        @Nullable Double rmse,
        @Nullable Double championRmse,
        @Nullable Double persistenceRmse,
        @Nullable URI page) {

    /// The error on the hold-out at the first horizon.
    public static final String RMSE = "rmse";

    /// That of the model that it was measured against.
    public static final String CHAMPION_RMSE = "champion.rmse";

    /// That of persistence.
    public static final String PERSISTENCE_RMSE = "persistence.rmse";

    static RunSummary of(TrackedRun run) {
        return new RunSummary(
                run.key(),
                run.pipeline(),
                run.model(),
                run.reason(),
                run.startedAt(),
                run.took(),
                run.version(),
                run.verdict(),
                run.metric(RMSE).orElse(null),
                run.metric(CHAMPION_RMSE).orElse(null),
                run.metric(PERSISTENCE_RMSE).orElse(null),
                null);
    }
}
