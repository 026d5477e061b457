package io.aerocast.trainer.probation;

import io.aerocast.trainer.probation.Probations.OnProbation;
import io.aerocast.trainer.record.Probation.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// Counts probations and rollbacks.
final class ProbationMetrics {

    private final MeterRegistry meters;

    ProbationMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /// A probation has ended.
    void ended(OnProbation model, Result result) {
        Tags tags = Tags.of(
                "pipeline", model.view().name(),
                "feature", model.view().target().name(),
                "model", model.outcome().kind());
        switch (result) {
            case PASSED ->
                count("aerocast.model.probations.passed", "Promoted models that passed their probation", tags);
            case ROLLED_BACK ->
                count("aerocast.model.rollbacks", "Promoted models that were worse and were rolled back", tags);
        }
    }

    private void count(String name, String description, Tags tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(meters)
                .increment();
    }
}
