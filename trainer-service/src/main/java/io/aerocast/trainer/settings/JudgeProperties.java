package io.aerocast.trainer.settings;

import io.aerocast.training.judge.GateSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the promotion gate.
///
/// @param significance largest p-value of being better than the champion by chance, where it is challenged once,
///     and the sum of those of all attempts after one change; 1 / this is the smallest e-value where it is
///     challenged repeatedly; also the level of the other tests; default 0.05
/// @param minimumCount grid times with a known target at the first horizon that the hold-out must have; horizons
///     with fewer are not judged; default 20
/// @param coverageTolerance largest deviation of the intervals' coverage over all horizons from the nominal one,
///     beyond chance;
///     default 0.05
/// @param calmTolerance largest increase of the error over the champion's on the calm data from before the change,
///     beyond chance, as a fraction of the champion's error; default 0.02
/// @param maximumSuspectShare largest fraction of one feature's recent readings that may be suspect; default 0.1
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.judge", ignoreUnknownFields = false)
public record JudgeProperties(
        @DefaultValue("0.05") @DecimalMin("0.001") @DecimalMax("0.5")
        double significance,

        @DefaultValue("20") @Min(2) int minimumCount,

        @DefaultValue("0.05") @DecimalMin("0") @DecimalMax("1")
        double coverageTolerance,

        @DefaultValue("0.02") @DecimalMin("0") double calmTolerance,

        @DefaultValue("0.1") @DecimalMin("0") @DecimalMax("1")
        double maximumSuspectShare) {

    /// Settings of the promotion gate.
    public GateSettings gate() {
        return new GateSettings(significance, minimumCount, coverageTolerance, calmTolerance, maximumSuspectShare);
    }
}
