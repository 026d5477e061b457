package io.aerocast.drift.detect;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the drift detector. `docs/drift.md` has the false alarm rate and the delay that the defaults give.
///
/// @param model the kind of model whose errors are judged; default `gru`
/// @param reference calm evaluations from which the normal error of a model version is learnt; default 100
/// @param slack growth of the standardised error that is always tolerated (the `k` of the CUSUM), in standard
///     deviations; default 0.7
/// @param threshold sum of excess errors that declares drift (the `h` of the CUSUM), in standard deviations; half
///     of it raises a warning; default 8
/// @param clip upper bound of the contribution of one error, in standard deviations; default 3
/// @param resolution smallest error that is distinguished, in the target's unit; smaller ones count as this;
///     default 0.05
/// @param stuckAfter longest run of equal readings that is accepted; one more is a sensor fault; default 18
/// @param jump change of a reading that may be a spike, as a multiple of the calm movement; default 10
/// @param spikeHold observations without weight after a confirmed spike, since models still see it in their
///     lookback; default 24
/// @param coolDown observations after the end of an episode before the next one may begin; default 48
/// @param creep upper bound of the normal error, as a multiple of the lowest one ever learnt; default 1.5
@Validated
@ConfigurationProperties(prefix = "aerocast.drift.detect", ignoreUnknownFields = false)
public record DetectProperties(
        @DefaultValue("gru") @NotBlank String model,
        @DefaultValue("100") @Min(20) int reference,
        @DefaultValue("0.7") @Positive double slack,
        @DefaultValue("8") @Positive double threshold,
        @DefaultValue("3") @Positive double clip,
        @DefaultValue("0.05") @Positive double resolution,
        @DefaultValue("18") @Min(3) int stuckAfter,
        @DefaultValue("10") @Positive double jump,
        @DefaultValue("24") @Min(0) int spikeHold,
        @DefaultValue("48") @Min(0) int coolDown,
        @DefaultValue("1.5") @DecimalMin("1") double creep) {

    /// The defaults, without any configuration.
    public static DetectProperties defaults() {
        return new Binder().bindOrCreate("aerocast.drift.detect", Bindable.of(DetectProperties.class));
    }
}
