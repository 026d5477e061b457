package io.aerocast.training.judge;

import io.aerocast.training.score.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decision on a candidate.
public sealed interface Verdict {

    /// The candidate passed every check and will serve.
    ///
    /// @param scores all measurements
    /// @param findings one per check; all passed
    record Promoted(Scores scores, List<Finding> findings) implements Verdict {

        public Promoted {
            findings = List.copyOf(findings);
        }
    }

    /// The candidate is recorded and does not serve.
    ///
    /// @param scores all measurements, or `null` if none was possible
    /// @param findings one per check that was made; at least one failed
    record Held(@Nullable Scores scores, List<Finding> findings) implements Verdict {

        public Held {
            findings = List.copyOf(findings);
        }
    }

    /// All measurements, or `null` if none was possible.
    @Nullable
    Scores scores();

    /// One finding per check that was made.
    List<Finding> findings();

    /// The texts of the findings that led to the verdict: of all checks for a promoted candidate, of the failed
    /// ones for a held one.
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
