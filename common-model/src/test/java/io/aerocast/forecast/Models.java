package io.aerocast.forecast;

import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Small models for tests.
final class Models {

    private Models() {}

    static ModelCard card(String kind, List<String> features, int lookback, List<Integer> horizons) {
        return new ModelCard(
                "noaa",
                kind,
                "20130401T000000Z",
                features,
                lookback,
                horizons,
                Instant.parse("2013-04-01T00:00:00Z"),
                Instant.parse("2013-01-01T06:00:00Z"),
                Instant.parse("2013-03-31T23:00:00Z"),
                2000,
                "00ff",
                42,
                Map.of("hidden", "4", "epochs", "3"),
                Map.of("rmse", 0.8, "persistenceRmse", 0.9),
                "0.1.0",
                "25",
                "linux-x86_64",
                null);
    }

    /// Two features, four units, lookback 3, horizons 1 and 6, weights from a seeded generator.
    static GruModel gru() {
        Random random = new Random(7);
        return new GruModel(
                card(GruModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                plain(10, 8, 1015, 7),
                List.of(new GruMember(
                        List.of(kernel(random, 2, 4)), new LinearHead(4, 2, numbers(random, 8), numbers(random, 2)))),
                new double[] {1.5, 4},
                new double[] {1.25, 5.5});
    }

    /// As [#gru], with a second layer of three units.
    static GruModel deepGru() {
        Random random = new Random(7);
        return new GruModel(
                card(GruModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                plain(10, 8, 1015, 7),
                List.of(new GruMember(
                        List.of(kernel(random, 2, 4), kernel(random, 4, 3)),
                        new LinearHead(3, 2, numbers(random, 6), numbers(random, 2)))),
                new double[] {1.5, 4},
                new double[] {1.25, 5.5});
    }

    /// As [#gru], with changes and the phase of the day as inputs, and two members.
    static GruModel ensemble() {
        Random random = new Random(7);
        return new GruModel(
                card(GruModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                new InputEncoder(
                        new Scaler(new double[] {10, 1015}, new double[] {8, 7}),
                        new double[] {2, 0.5},
                        List.of(Duration.ofHours(24)),
                        Duration.ofHours(1)),
                List.of(member(random), member(random)),
                new double[] {1.5, 4},
                new double[] {1.25, 5.5});
    }

    private static GruMember member(Random random) {
        return new GruMember(
                List.of(kernel(random, 6, 4)), new LinearHead(4, 2, numbers(random, 8), numbers(random, 2)));
    }

    /// Standardises two features, without changes and times.
    static InputEncoder plain(double mean0, double deviation0, double mean1, double deviation1) {
        return new InputEncoder(
                new Scaler(new double[] {mean0, mean1}, new double[] {deviation0, deviation1}),
                new double[0],
                List.of(),
                Duration.ofHours(1));
    }

    /// Mean 10, a cosine of amplitude 5 with its peak at midnight; half of an anomaly is left after an hour, none
    /// after six.
    static SeasonalModel seasonal() {
        return new SeasonalModel(
                card(SeasonalModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                Duration.ofHours(1),
                new FourierBasis(List.of(new Season(Duration.ofHours(24), 1))),
                new double[] {10, 5, 0},
                new double[] {0.5, 0},
                new double[] {1, 2});
    }

    /// A mean with a trend, and an autoregression that learns online, as after a fit.
    static SeasonalModel learning() {
        return learning(0);
    }

    /// The same with a wave that modulates the newest anomalies.
    static SeasonalModel modulated() {
        return learning(1);
    }

    private static SeasonalModel learning(int modulations) {
        Random random = new Random(9);
        FourierBasis day = new FourierBasis(List.of(new Season(Duration.ofHours(24), 1)));
        Trend trend = new Trend(Instant.parse("2012-01-01T00:00:00Z"), Duration.ofDays(400), 1);
        AnomalyTerms terms = new AnomalyTerms(Duration.ofHours(1), day, 2, true, List.of(0, 2), 2, modulations);
        double[][] information = new double[terms.size()][terms.size()];
        double[] ridge = new double[terms.size()];
        double[][] weights = new double[terms.size()][];
        for (int i = 0; i < ridge.length; i++) {
            information[i][i] = 10 + i;
            ridge[i] = 1;
            weights[i] = numbers(random, 2);
        }
        return new SeasonalModel(
                card(SeasonalModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                new SeasonalMean(
                        day, trend, List.of(new double[] {10, 5, 0, 1, -0.5}, new double[] {1012, 1, 0.5, 0, 0})),
                terms,
                new Autoregression(weights, Cholesky.of(information), ridge, new double[] {2, 6}),
                0.999,
                new double[] {1, 2});
    }

    /// Two features over three rows, with the waves of the day.
    static RidgeModel ridge() {
        Random random = new Random(11);
        double[][] weights = new double[9][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = numbers(random, 2);
        }
        return new RidgeModel(
                card(RidgeModel.KIND, List.of("temperature", "pressure"), 3, List.of(1, 6)),
                Duration.ofHours(1),
                new Scaler(new double[] {10, 1015}, new double[] {8, 7}),
                new FourierBasis(List.of(new Season(Duration.ofHours(24), 1))),
                weights,
                new double[] {1.5, 5});
    }

    static Lookback lookback() {
        double[][] rows = {{11, 1012}, {12.5, Double.NaN}, {13, 1009}};
        return new Lookback(rows, Instant.parse("2013-04-02T12:00:00Z"));
    }

    private static GruKernel kernel(Random random, int inputs, int hidden) {
        return new GruKernel(
                inputs,
                hidden,
                numbers(random, inputs * 3 * hidden),
                numbers(random, hidden * 3 * hidden),
                numbers(random, 3 * hidden),
                numbers(random, 3 * hidden));
    }

    private static double[] numbers(Random random, int length) {
        return random.doubles(length, -0.6, 0.6).toArray();
    }
}
