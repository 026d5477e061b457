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

/// Settings of the drift detector. `docs/drift.md` has the false alarm rate and the delay that the defaults give. A day
/// is the first season of the pipeline, 24 steps where it has none.
///
/// @param slack mean of the daily errors that is always tolerated (the `k` of the CUSUM), in standard deviations of
///     daily means; default 1
/// @param threshold sum of the excess that declares drift (the `h` of the CUSUM), in the same unit; half of it raises
///     a warning; default 3.5
/// @param sizeSlack growth of the one-step errors that is always tolerated, in standard deviations; default 0.5
/// @param sizeThreshold sum of the excess of the one-step errors that declares drift; default 24
/// @param clip upper bound of one error, in standard deviations; default 4
/// @param memory days over which the normal errors are learnt; default 30
/// @param learn days of errors before drift can be declared; default 14
/// @param coolDown steps after the end of an episode before the next one may begin; default 48
/// @param degradedAfter days without skill, or with too low a coverage, after which the forecasts are degraded;
///     default 7
/// @param lowestCoverage coverage of the intervals over two weeks below which the forecasts are degraded; default 0.75
/// @param stuckAfter longest run of equal readings that is accepted, unless the feature's quality limit `stuck` is
///     longer; default 18
/// @param jump one-step error that may be the jump of an offset or of another unit, in standard deviations; default 4
/// @param spike change of a reading and of its return that make it a spike, as a multiple of the mean change;
///     default 6
/// @param spikes spikes within three days that are a fault; default 3
/// @param noise sum of the excess roughness that is a fault; default 10
/// @param clock likelihood ratio, as a logarithm, at which the clock is shifted; default 15
/// @param dropout part of the usual readings below which too few arrive; default 0.5
/// @param faultDays longest time for which an offset, another unit or a shifted clock is a fault; after it the readings
///     count as the new normal; default 14
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.detect", ignoreUnknownFields = false)
public record DetectProperties(
        @DefaultValue("1.5") @Positive double slack,
        @DefaultValue("2.8") @Positive double threshold,
        @DefaultValue("0.5") @Positive double sizeSlack,
        @DefaultValue("24") @Positive double sizeThreshold,
        @DefaultValue("8") @Positive double clip,
        @DefaultValue("20") @Min(2) int memory,
        @DefaultValue("14") @Min(1) int learn,
        @DefaultValue("48") @Min(0) int coolDown,
        @DefaultValue("7") @Min(1) int degradedAfter,
        @DefaultValue("0.75") @DecimalMin("0") @DecimalMax("1") double lowestCoverage,
        @DefaultValue("18") @Min(3) int stuckAfter,
        @DefaultValue("5") @Positive double jump,
        @DefaultValue("6") @Positive double spike,
        @DefaultValue("3") @Min(1) int spikes,
        @DefaultValue("10") @Positive double noise,
        @DefaultValue("15") @Positive double clock,
        @DefaultValue("0.7") @DecimalMin("0") @DecimalMax("1") double dropout,
        @DefaultValue("7") @Min(1) int faultDays,
        @DefaultValue("0.4") double offset,
        @DefaultValue("-0.05") double lostSkill,
        @DefaultValue("0.7") double warn,
        @DefaultValue("20") double levelMemory,
        @DefaultValue("4") int holdDays,
        @DefaultValue("7") int watchDays,
        @DefaultValue("2.5") double held) {

    /// The defaults, without any configuration.
    public static DetectProperties defaults() {
        return new Binder().bindOrCreate("aerocast.drift.detect", Bindable.of(DetectProperties.class));
    }
}
