package io.aerocast.training.judge;

import io.aerocast.training.score.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a candidate.
public sealed interface Verdict {

    /// The candidate is proven and shall serve.
    ///
    /// @param scores all numbers
    /// @param findings everything that it had to show; all passed
    record Promoted(Scores scores, List<Finding> findings) implements Verdict {

        public Promoted {
            findings = List.copyOf(findings);
        }
    }

    /// The candidate is recorded and does not serve.
    ///
    /// @param scores all numbers, or `null` where nothing could be measured
    /// @param findings everything that it had to show, as far as it was looked at; at least one failed
    record Held(@Nullable Scores scores, List<Finding> findings) implements Verdict {

        public Held {
            findings = List.copyOf(findings);
        }
    }

    /// What was measured, or `null` where nothing could be.
    @Nullable
    Scores scores();

    /// Everything that it had to show, as far as it was looked at.
    List<Finding> findings();

    /// What speaks for a promoted candidate, or against one that is held, in words.
    default List<String> reasons() {
        boolean passed = this instanceof Promoted;
        return findings().stream()
                .filter(finding -> finding.passed() == passed)
                .map(Finding::text)
                .toList();
    }

    /// The name in logs, metrics and records.
    default String label() {
        return switch (this) {
            case Promoted _ -> "promoted";
            case Held _ -> "held";
        };
    }
}
