package io.aerocast.api;

import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.Autoregression;
import io.aerocast.forecast.Cholesky;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.LinearHead;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Scaler;
import io.aerocast.forecast.SeasonalMean;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Models with forecasts that are easy to compute by hand.
public final class TestModels {

    public static final Path PIPELINES_FILE = Path.of("src/test/resources/test-pipelines.json");
    public static final Pipelines PIPELINES = Pipelines.read(PIPELINES_FILE);
    public static final Instant TRAINED = Instant.parse("2013-04-01T00:00:00Z");

    private TestModels() {}

    /// A GRU without weights: every forecast is the latest reading plus `change`, give or take 2.
    public static GruModel gru(Pipeline pipeline, String version, double change) {
        return gru(card(pipeline, GruModel.KIND, version, TRAINED), change);
    }

    public static GruModel gru(ModelCard card, double change) {
        int features = card.features().size();
        int horizons = card.horizons().size();
        return new GruModel(
                card,
                new InputEncoder(
                        new Scaler(new double[features], filled(features, 1)),
                        new double[0],
                        List.of(),
                        Duration.ofHours(1)),
                List.of(new GruMember(
                        List.of(new GruKernel(
                                features, 1, new double[features * 3], new double[3], new double[3], new double[3])),
                        new LinearHead(1, horizons, new double[horizons], filled(horizons, change)))),
                filled(horizons, 1),
                filled(horizons, 2));
    }

    /// A seasonal model without seasons: every forecast is `mean`, give or take 3.
    public static SeasonalModel seasonal(Pipeline pipeline, String version, double mean) {
        return seasonal(card(pipeline, SeasonalModel.KIND, version, TRAINED), pipeline.cadence(), mean);
    }

    public static SeasonalModel seasonal(ModelCard card, Duration cadence, double mean) {
        int horizons = card.horizons().size();
        return new SeasonalModel(
                card,
                cadence,
                new FourierBasis(List.of()),
                new double[] {mean},
                new double[horizons],
                filled(horizons, 3));
    }

    /// A seasonal model with zero weights: it forecasts persistence until it has learned.
    public static SeasonalModel learning(Pipeline pipeline, String version) {
        int horizons = pipeline.horizons().size();
        return new SeasonalModel(
                card(pipeline, SeasonalModel.KIND, version, TRAINED),
                new SeasonalMean(new FourierBasis(List.of()), null, List.of(new double[] {0})),
                new AnomalyTerms(pipeline.cadence(), new FourierBasis(List.of()), 0, false, List.of(), 1),
                new Autoregression(
                        new double[1][horizons],
                        Cholesky.of(new double[][] {{1e-3}}),
                        new double[] {1e-3},
                        filled(horizons, 1000)),
                1,
                filled(horizons, 3));
    }

    public static ModelCard card(Pipeline pipeline, String kind, String version, Instant trainedAt) {
        return card(
                pipeline.name(),
                kind,
                version,
                pipeline.featureNames(),
                pipeline.lookback(),
                pipeline.horizons(),
                trainedAt);
    }

    public static ModelCard card(
            String pipeline,
            String kind,
            String version,
            List<String> features,
            int lookback,
            List<Integer> horizons,
            Instant trainedAt) {
        return new ModelCard(
                pipeline,
                kind,
                version,
                features,
                lookback,
                horizons,
                trainedAt,
                trainedAt.minusSeconds(3600),
                trainedAt,
                100,
                "00ff",
                42,
                Map.of(),
                Map.of(),
                "0.1.0",
                "25",
                "linux-x86_64",
                null);
    }

    /// The event that publishes a model now, after a drift.
    public static ModelPublished published(ForecastModel model) {
        return published(model, Instant.now());
    }

    public static ModelPublished published(ForecastModel model, Instant at) {
        byte[] artifact = ModelArtifact.write(model);
        return published(model.card(), at, ModelArtifact.sha256(artifact), artifact);
    }

    public static ModelPublished published(ModelCard card, Instant at, String sha256, byte[] artifact) {
        return new ModelPublished(
                card.pipeline(),
                card.target(),
                card.model(),
                card.version(),
                at,
                RetrainReason.DRIFT,
                "signal",
                card.trainedAt(),
                Map.of("rmse", 1.0),
                sha256,
                artifact);
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }
}
