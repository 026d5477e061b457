package io.aerocast.trainer.run;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Recurring drift: earlier champions are tried before a new model is fitted.
///
/// @param champions number of earlier champions of a model, the newest ones, that are tried after a drift; 0
///     turns this off; default 5
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.recurring", ignoreUnknownFields = false)
record RecurringProperties(@DefaultValue("5") @Min(0) int champions) {}
