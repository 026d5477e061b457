package io.aerocast.trainer.settings;

import io.aerocast.training.fit.GruSettings;
import io.aerocast.training.fit.RidgeSettings;
import io.aerocast.training.fit.SeasonalSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Settings of the fit.
///
/// @param members networks of the GRU ensemble, each from other initial weights; default 2
/// @param layers layers of each network; default 1
/// @param hidden units of each layer; default 24
/// @param epochs largest number of passes over the training data for each network; default 20
/// @param batchSize windows per step of the optimiser; default 64
/// @param learningRate step size of Adam at the start; it falls to a tenth along a cosine; default 0.004
/// @param patience passes without a better validation error after which a network is done; default 6
/// @param gradientClip largest norm of the gradient per step; default 1.0
/// @param timeDropout fraction of the windows of a pass whose times are withheld from a network, so that it also
///     forecasts without a time and depends less on the time of the year; default 0.3
/// @param levelNoise standard deviation of a random shift of the target's level in each window of a pass, in units
///     of the target's own, so that a network also forecasts from levels that it has not seen, as in another
///     season; default 0.2
/// @param warmStart whether a GRU starts from the weights of a champion of the same shape; default true
/// @param ridge number of observations that outweigh the pull of a seasonal model's autoregressive weight to zero;
///     default 30
/// @param halfLife steps after which a sample counts half in a seasonal model's autoregression, in the fit and
///     online; default 1440, 60 days of hourly data
/// @param coverage nominal coverage of the prediction intervals; default 0.9
/// @param seed seed of every random choice; default 42
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.fit", ignoreUnknownFields = false)
public record FitProperties(
        @DefaultValue("2") @Min(1) int members,
        @DefaultValue("1") @Min(1) int layers,
        @DefaultValue("24") @Min(1) int hidden,
        @DefaultValue("20") @Min(1) int epochs,
        @DefaultValue("64") @Min(1) int batchSize,
        @DefaultValue("0.004") @Positive double learningRate,
        @DefaultValue("6") @Min(1) int patience,
        @DefaultValue("1.0") @Positive double gradientClip,

        @DefaultValue("0.3") @DecimalMin("0") @DecimalMax("0.9")
        double timeDropout,

        @DefaultValue("0.2") @PositiveOrZero double levelNoise,
        @DefaultValue("true") boolean warmStart,
        @DefaultValue("30") @Positive double ridge,
        @DefaultValue("1440") @Min(1) int halfLife,

        @DefaultValue("0.9") @DecimalMin("0.5") @DecimalMax("0.999")
        double coverage,

        @DefaultValue("42") long seed) {

    /// Settings of the GRU ensemble.
    public GruSettings gru() {
        return new GruSettings(
                members,
                layers,
                hidden,
                epochs,
                batchSize,
                learningRate,
                patience,
                gradientClip,
                timeDropout,
                levelNoise,
                warmStart,
                coverage,
                seed);
    }

    /// Settings of the seasonal model.
    public SeasonalSettings seasonal() {
        return new SeasonalSettings(ridge, halfLife, coverage, seed);
    }

    /// Settings of the ridge regression.
    public RidgeSettings ridgeRegression() {
        return new RidgeSettings(coverage, seed);
    }
}
