package io.aerocast.training;

import io.aerocast.training.check.TrainingDataCheck;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Verdict.Held;
import java.util.Optional;

/// Whether data may be fitted at all, whatever the kind of model.
public sealed interface DataAdmission {

    /// The data may be fitted.
    record Admitted(Split.Parts parts) implements DataAdmission {}

    /// The recent readings are too suspect to learn from.
    ///
    /// @param held the verdict on every candidate that would be fitted to them
    record Vetoed(Split.Parts parts, Held held) implements DataAdmission {

        /// The first reason of the verdict.
        public String reason() {
            return held.reasons().getFirst();
        }
    }

    /// The data are too few, or so calm that a model could only forecast a flat line.
    ///
    /// @param reason in words
    record Refused(String reason) implements DataAdmission {}

    /// Decides on the parts of a dataset.
    static DataAdmission of(Split split, Judge judge) {
        return switch (split) {
            case Split.TooFew few -> new Refused(few.reason());
            case Split.Parts parts -> of(parts, judge);
        };
    }

    private static DataAdmission of(Split.Parts parts, Judge judge) {
        Optional<Held> veto = judge.veto(parts.quality());
        if (veto.isPresent()) {
            return new Vetoed(parts, veto.get());
        }
        return TrainingDataCheck.refusal(parts.train())
                .<DataAdmission>map(Refused::new)
                .orElseGet(() -> new Admitted(parts));
    }
}
