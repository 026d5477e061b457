package io.aerocast.trainer.settings;

import io.aerocast.training.dataset.SplitSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Division of the samples into training, validation and hold-out. Amounts are counted in grid times (hours for
/// `noaa`), so that they do not depend on the number of stations.
///
/// @param minimumRecent grid times with samples that must have landed since the change (of all data where no change
///     is known) before a run begins; default 168, a week of hourly data
/// @param maximumWait longest time that a run that answers a drift or a loss of skill waits for them after its
///     start; default 9 days
/// @param maximumSilence longest time that such a run waits while no data of its pipeline land; default 12 h
/// @param pollInterval pause between two looks at the lake while waiting; default 5 s
/// @param holdOutFraction newest part of the recent grid times, kept for the judge; default 0.2
/// @param minimumHoldOut grid times that the hold-out has at least, as far as that leaves half of the recent ones;
///     default 168
/// @param validationFraction part of the recent grid times before the hold-out, for early stopping and intervals;
///     default 0.15
/// @param maximumReplay samples from before the change that are fitted too, against forgetting; default 2000
/// @param calmEvery one in this many days before the change is kept for the judge and not fitted; default 10
/// @param recentShare weight of the recent samples in the fit, reached by repeating them; default 0.6
/// @param maximumRepeats largest number of times that one recent sample is repeated; default 8
/// @param maximumSamples largest number of samples in use, the newest ones; default 20000
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.dataset", ignoreUnknownFields = false)
public record DatasetProperties(
        @DefaultValue("168") @Min(8) int minimumRecent,
        @DefaultValue("9d") Duration maximumWait,
        @DefaultValue("12h") Duration maximumSilence,
        @DefaultValue("5s") Duration pollInterval,

        @DefaultValue("0.2") @DecimalMin("0.05") @DecimalMax("0.6")
        double holdOutFraction,

        @DefaultValue("168") @Min(0) int minimumHoldOut,

        @DefaultValue("0.15") @DecimalMin("0.05") @DecimalMax("0.3")
        double validationFraction,

        @DefaultValue("2000") @Min(0) int maximumReplay,
        @DefaultValue("10") @Min(2) int calmEvery,

        @DefaultValue("0.6") @DecimalMin("0") @DecimalMax("0.95")
        double recentShare,

        @DefaultValue("8") @Positive int maximumRepeats,
        @DefaultValue("20000") @Positive int maximumSamples) {

    /// Settings of the division of the samples.
    public SplitSettings split() {
        return new SplitSettings(
                minimumRecent,
                holdOutFraction,
                minimumHoldOut,
                validationFraction,
                maximumReplay,
                calmEvery,
                recentShare,
                maximumRepeats,
                maximumSamples);
    }
}
