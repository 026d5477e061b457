package io.aerocast.api.retrain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The reply of `POST /routine-retrain-check`.
///
/// @param scheduled whether this request has caused a training of any checked pipeline; false where
///     another one was requested before
/// @param reason one sentence per pipeline, for people
/// @param ageSec age of the oldest last training in seconds, or `null` if a pipeline was never trained here
/// @param pipelines the same for each pipeline
record RetrainReply(
        boolean scheduled,
        String reason,
        @JsonProperty("age_sec") @Nullable Long ageSec,
        List<Checked> pipelines) {

    /// One checked pipeline.
    ///
    /// @param ageSec age of its last training in seconds, or `null` if it was never trained here
    record Checked(
            String pipeline,
            boolean scheduled,
            String reason,
            @JsonProperty("age_sec") @Nullable Long ageSec) {

        static Checked of(String pipeline, RetrainVerdict verdict) {
            Duration age = verdict.age();
            return new Checked(
                    pipeline,
                    verdict instanceof RetrainVerdict.Due,
                    verdict.reason(),
                    age == null ? null : age.toSeconds());
        }
    }

    /// @param checked at least one
    static RetrainReply of(List<Checked> checked) {
        Comparator<Checked> byAge =
                Comparator.comparing(Checked::ageSec, Comparator.nullsLast(Comparator.naturalOrder()));
        return new RetrainReply(
                checked.stream().anyMatch(Checked::scheduled),
                checked.stream().map(c -> c.pipeline() + ": " + c.reason()).collect(Collectors.joining("; ")),
                checked.stream().max(byAge).orElseThrow().ageSec(),
                checked);
    }
}
