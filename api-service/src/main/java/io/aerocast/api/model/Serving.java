package io.aerocast.api.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model that serves now.
///
/// @param model the model
/// @param publishedAt time of the promotion; the epoch for a shipped model, which every published one replaces
/// @param since time since which it serves, by this machine's clock
/// @param replaced the version that it replaced, or `null` if it is the first one here
/// @param restored whether the replaced version was trained later: a rollback
/// @param swaps number of models that replaced another one of this pipeline, feature and kind since the service
///     started
public record Serving(
        ServedModel model,
        Instant publishedAt,
        Instant since,
        @Nullable String replaced,
        boolean restored,
        int swaps) {

    static Serving first(ServedModel model, Instant publishedAt) {
        return new Serving(model, publishedAt, Instant.now(), null, false, 0);
    }

    /// The model that replaces this one.
    Serving replacedBy(ServedModel later, Instant promotedAt) {
        boolean rollback = later.card().trainedAt().isBefore(model.card().trainedAt());
        return new Serving(later, promotedAt, Instant.now(), model.version(), rollback && !model.shipped(), swaps + 1);
    }
}
