package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelCard;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The context of a fit: all that its model card records beside data and hyperparameters, and the champion.
///
/// @param version the new model's version; sorts by time within pipeline and kind
/// @param trainedAt wall-clock time of the training
/// @param aerocast version of AeroCast that trains
/// @param commit source commit, or `null` where it is unknown
/// @param champion the serving model, from whose weights a fit may start, or `null` for random initial weights
public record FitSettings(
        String version,
        Instant trainedAt,
        String aerocast,
        @Nullable String commit,
        @Nullable ForecastModel champion) {

    /// Without a champion: the fit starts from random weights.
    public FitSettings(String version, Instant trainedAt, String aerocast, @Nullable String commit) {
        this(version, trainedAt, aerocast, commit, null);
    }

    /// The card of a model, without metrics. The training period includes the validation data, because early
    /// stopping and calibration use them.
    ModelCard card(String kind, Dataset train, Dataset validation, long seed, Map<String, String> hyperparameters) {
        Pipeline pipeline = train.pipeline();
        return new ModelCard(
                pipeline.name(),
                kind,
                version,
                pipeline.featureNames(),
                pipeline.lookback(),
                pipeline.horizons(),
                trainedAt,
                train.from(),
                validation.to(),
                train.samples().size(),
                train.sha256(),
                seed,
                hyperparameters,
                Map.of(),
                aerocast,
                System.getProperty("java.version"),
                System.getProperty("os.name") + "-" + System.getProperty("os.arch"),
                commit,
                DomainFit.of(train.followedBy(validation)));
    }
}
