package io.aerocast.trainer.fit;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How models are fitted.
///
/// @param hidden units of the GRU; default 32
/// @param epochs most passes over the training data; default 60
/// @param batchSize windows per step of the optimiser; default 64
/// @param learningRate step size of Adam at the start; it falls to a tenth along a cosine; default 0.005
/// @param patience passes without a better validation error after which the fit stops; default 10
/// @param gradientClip largest norm of the gradient per step; default 1.0
/// @param ridge how many observations it takes to outweigh the pull of a Fourier coefficient to zero; default 1.0
/// @param coverage share of truths that the prediction intervals are to hold; default 0.9
/// @param seed seed of every random choice; default 42
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.fit", ignoreUnknownFields = false)
public record FitProperties(
        @DefaultValue("32") @Min(1) int hidden,
        @DefaultValue("60") @Min(1) int epochs,
        @DefaultValue("64") @Min(1) int batchSize,
        @DefaultValue("0.005") @Positive double learningRate,
        @DefaultValue("10") @Min(1) int patience,
        @DefaultValue("1.0") @Positive double gradientClip,
        @DefaultValue("1.0") @Positive double ridge,

        @DefaultValue("0.9") @DecimalMin("0.5") @DecimalMax("0.999")
        double coverage,

        @DefaultValue("42") long seed) {}
