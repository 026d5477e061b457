package io.aerocast.drift.detect;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the drift detector. `docs/drift.md` has the false alarm rate and the delay that the defaults
/// give. A day is the first season of the pipeline, 24 steps where it has none.
///
/// @param slack shift of the errors that is always tolerated (the `k` of the CUSUM), in standard deviations of
///     daily means; default 1.5
/// @param threshold sum of the excess shift that declares drift (the `h` of the CUSUM); default 2.8
/// @param clip upper bound of the contribution of one error to the shift, in standard deviations; default 8
/// @param sizeSlack growth of the one-step errors that is always tolerated, in standard deviations; default 0.7
/// @param sizeThreshold sum of the excess growth that declares drift; default 12
/// @param warn part of a threshold that raises a warning; default 0.7
/// @param held distance of the readings from their usual level that makes a warning drift, in standard
///     deviations of daily means; default 2.5
/// @param heldAfter days of a warning for which the level must have held; default 4
/// @param memory days over which normal errors are learnt; default 20
/// @param learn days of errors of all horizons before their shift is judged; default 14
/// @param reference one-step errors before their size is judged; default 100
/// @param coolDown steps after the end of an episode before the next one may begin; default 48
/// @param degradedAfter days without skill, or with too low a coverage, after which forecasts are degraded;
///     default 7
/// @param lostSkill skill over two weeks below which forecasts have lost it; default -0.05
/// @param lowestCoverage coverage of the intervals over two weeks below which it is too low; default 0.75
/// @param stuckAfter longest run of equal readings that is accepted, unless the feature's quality limit `stuck` is
///     longer; default 18
/// @param jump one-step error that may be the jump of an offset or of another unit, in standard deviations;
///     default 5
/// @param offset largest relative change of a jump within a day that leaves it an offset; default 0.4
/// @param spike change of a reading and of its return that make it a spike, as a multiple of the mean change;
///     default 6
/// @param spikes spikes within three days that are a fault; default 3
/// @param noise sum of the excess roughness of the readings that is a fault; default 10
/// @param clock logarithm of the likelihood ratio, over all features, at which the clock is shifted; default 8
/// @param dropout part of the usual number of readings below which too few arrive; default 0.6
/// @param faultDays longest time for which an offset, another unit or a shifted clock is a fault, and for which
///     a level alone is drift; after it the readings count as the new normal; default 7
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.detect", ignoreUnknownFields = false)
public record DetectProperties(
        @DefaultValue("1.5") @Positive double slack,
        @DefaultValue("2.8") @Positive double threshold,
        @DefaultValue("8") @Positive double clip,
        @DefaultValue("0.7") @Positive double sizeSlack,
        @DefaultValue("12") @Positive double sizeThreshold,
        @DefaultValue("0.7") @Positive double warn,
        @DefaultValue("2.5") @Positive double held,
        @DefaultValue("4") @Min(1) int heldAfter,
        @DefaultValue("20") @Min(2) int memory,
        @DefaultValue("14") @Min(1) int learn,
        @DefaultValue("100") @Min(20) int reference,
        @DefaultValue("48") @Min(0) int coolDown,
        @DefaultValue("7") @Min(1) int degradedAfter,
        @DefaultValue("-0.05") @DecimalMax("1") double lostSkill,

        @DefaultValue("0.75") @DecimalMin("0") @DecimalMax("1")
        double lowestCoverage,

        @DefaultValue("18") @Min(3) int stuckAfter,
        @DefaultValue("5") @Positive double jump,
        @DefaultValue("0.4") @Positive double offset,
        @DefaultValue("6") @Positive double spike,
        @DefaultValue("3") @Min(1) int spikes,
        @DefaultValue("10") @Positive double noise,
        @DefaultValue("8") @Positive double clock,

        @DefaultValue("0.6") @DecimalMin("0") @DecimalMax("1")
        double dropout,

        @DefaultValue("7") @Min(1) int faultDays) {

    /// The defaults, without any configuration.
    public static DetectProperties defaults() {
        return new Binder().bindOrCreate("aerocast.drift.detect", Bindable.of(DetectProperties.class));
    }
}
