package io.aerocast.trainer.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a candidate.
public sealed interface Verdict {

    /// The candidate is proven and shall serve.
    ///
    /// @param scores all numbers
    /// @param reasons what it was measured against, in words
    record Promoted(Scores scores, List<String> reasons) implements Verdict {

        public Promoted {
            reasons = List.copyOf(reasons);
        }
    }

    /// The candidate is recorded and does not serve.
    ///
    /// @param scores all numbers, or `null` where nothing could be measured
    /// @param reasons what it failed, in words; at least one
    record Held(@Nullable Scores scores, List<String> reasons) implements Verdict {

        public Held {
            reasons = List.copyOf(reasons);
        }
    }

    /// What was measured, or `null` where nothing could be.
    @Nullable
    Scores scores();

    /// What speaks for it, or against it, in words.
    List<String> reasons();

    /// The name in logs, metrics and records.
    default String label() {
        return switch (this) {
            case Promoted _ -> "promoted";
            case Held _ -> "held";
        };
    }
}
