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

/// How drift is told from calm. `docs/drift.md` shows the false alarms and delays that the defaults give.
///
/// @param model the kind of model whose errors are judged; default `gru`
/// @param reference calm evaluations from which a model version's normal error is learnt; default 100
/// @param slack growth of the standardised error that is tolerated for ever (the `k` of the CUSUM), in
///     standard deviations; default 0.7
/// @param threshold sum of excess errors at which drift is declared (the `h` of the CUSUM), in standard
///     deviations; half of it gives a warning; default 8
/// @param clip the most that one error may count, in standard deviations; default 3
/// @param resolution errors below this count as this, in the target's unit; default 0.05
/// @param stuckAfter equal readings in a row that are still believed; one more is a sensor fault; default 18
/// @param jump a reading that moves by more than this many times the calm movement may be a spike; default 10
/// @param spikeHold observations that do not count once a spike is confirmed, since models still see it in
///     their lookback; default 24
/// @param coolDown observations after the end of an episode before the next one may begin; default 48
/// @param creep the most that the normal error may exceed the lowest one ever learnt, as a factor; default 1.5
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

    /// What holds where nothing is configured.
    public static DetectProperties defaults() {
        return new Binder().bindOrCreate("aerocast.drift.detect", Bindable.of(DetectProperties.class));
    }
}
