package io.aerocast.trainer.signal;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How retrain signals are received.
///
/// @param group consumer group on the retrain topic; default `aerocast-trainer`
/// @param flagPipeline the pipeline of a `retrain.flag` that names none; default `noaa`
/// @param flagInterval pause between two looks for a `retrain.flag`; it is taken when two looks find the same
///     content, so a flag that is still being written is left alone; default 1 s
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.signal", ignoreUnknownFields = false)
record SignalProperties(
        @DefaultValue("aerocast-trainer") @NotBlank String group,
        @DefaultValue("noaa") @NotBlank String flagPipeline,
        @DefaultValue("1s") Duration flagInterval) {}
