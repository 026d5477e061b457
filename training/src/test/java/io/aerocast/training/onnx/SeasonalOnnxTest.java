package io.aerocast.training.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.Autoregression;
import io.aerocast.forecast.Cholesky;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.SeasonalMean;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.forecast.Trend;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeasonalOnnxTest {

    private static final double TOLERANCE = 1e-9;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Season DAY = new Season(Duration.ofDays(1), 4);
    private static final Season WEEK = new Season(Duration.ofDays(7), 2);
    private static final Season YEAR = new Season(Duration.ofHours(8766), 3);
    private static final FourierBasis NOTHING = new FourierBasis(List.of());
    private static final Trend BENT = new Trend(Instant.parse("2015-03-01T07:00:00Z"), Duration.ofDays(1000), 5);
    private static final Trend STRAIGHT = new Trend(Instant.parse("2015-03-01T07:00:00Z"), Duration.ofDays(9), 0);

    private final OnnxOracle oracle = new OnnxOracle();

    static Stream<Named<SeasonalModel>> models() {
        return Stream.of(
                Named.of("the shipped noaa", shipped("noaa")),
                Named.of("the shipped sim", shipped("sim")),
                Named.of("the first form", firstForm()),
                Named.of("without a season", model(NOTHING, null, terms(NOTHING, 0, false, List.of(), 1))),
                Named.of("a level alone", model(basis(DAY), null, terms(NOTHING, 0, true, List.of(), 1))),
                Named.of("a straight trend", model(basis(DAY), STRAIGHT, terms(basis(DAY), 5, true, List.of(), 1))),
                Named.of("lags of two features", model(basis(DAY), null, terms(NOTHING, 0, false, List.of(2, 7), 2))),
                Named.of("features without lags", model(basis(DAY), null, terms(NOTHING, 3, false, List.of(), 3))),
                Named.of("seasons, features and a bent trend", full()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void forecastsAsTheModelDoes(SeasonalModel model) throws OrtException {
        oracle.assertEqual(model, TOLERANCE);
    }

    @Test
    void fillsLongGapsAsTheModelDoes() throws OrtException {
        SeasonalModel model = full();
        List<Lookback> windows = new ArrayList<>();
        for (int step = 0; step < OnnxOracle.STEPS; step++) {
            Lookback early = oracle.window(model.card());
            Lookback late = oracle.window(model.card());
            for (int f = 0; f < 3; f++) {
                clear(early.rows(), f, 0, step);
                clear(late.rows(), f, step, OnnxOracle.STEPS - (f == 0 ? 1 : 0)); // but not the target's latest
            }
            windows.add(early);
            windows.add(late);
        }

        OnnxOracle.assertEqual(model, windows, TOLERANCE);
    }

    @Test
    void isNaNWithoutALatestReading() throws OrtException {
        SeasonalModel model = full();
        Lookback silent = oracle.window(model.card());
        silent.rows()[OnnxOracle.STEPS - 1][0] = Double.NaN;

        assertOnlyTheSecondSpeaks(model, silent);
    }

    @Test
    void isNaNWithoutTheTime() throws OrtException {
        SeasonalModel model = full();
        Lookback timeless = new Lookback(oracle.window(model.card()).rows(), null);

        assertOnlyTheSecondSpeaks(model, timeless);
    }

    private void assertOnlyTheSecondSpeaks(SeasonalModel model, Lookback silent) throws OrtException {
        Lookback second = oracle.window(model.card());

        OnnxOracle.run(model, List.of(silent, second)).forEach((name, found) -> {
            assertThat(found[0]).as(name).containsOnly(Double.NaN);
            assertThat(found[1]).as(name).doesNotContain(Double.NaN);
        });
    }

    private static void clear(double[][] rows, int feature, int from, int to) {
        for (int step = from; step < to; step++) {
            rows[step][feature] = Double.NaN;
        }
    }

    private static SeasonalModel shipped(String pipeline) {
        return (SeasonalModel) ModelArtifact.read(
                ShippedModels.find(pipeline, "temperature", SeasonalModel.KIND).orElseThrow());
    }

    private static SeasonalModel firstForm() {
        FourierBasis basis = basis(DAY, YEAR);
        return new SeasonalModel(
                OnnxOracle.card(SeasonalModel.KIND),
                HOUR,
                basis,
                numbers(new Random(31), basis.size(), 10),
                new double[] {0.9, 0.5, 0.1},
                new double[] {1.5, 4, 6});
    }

    /// A seasonal model with every optional part.
    static SeasonalModel full() {
        FourierBasis basis = basis(DAY, WEEK, YEAR);
        return model(basis, BENT, new AnomalyTerms(HOUR, basis(DAY, WEEK), 9, true, List.of(0, 1, 6, 23), 3, 4));
    }

    private static FourierBasis basis(Season... seasons) {
        return new FourierBasis(List.of(seasons));
    }

    private static AnomalyTerms terms(
            FourierBasis waves, int differences, boolean level, List<Integer> lags, int features) {
        return new AnomalyTerms(HOUR, waves, differences, level, lags, features);
    }

    private static SeasonalModel model(FourierBasis basis, @Nullable Trend trend, AnomalyTerms terms) {
        Random random = new Random(29);
        List<double[]> coefficients = new ArrayList<>();
        for (int f = 0; f < terms.features(); f++) {
            double[] feature = numbers(random, basis.size() + (trend == null ? 0 : trend.size()), 2);
            feature[0] = OnnxOracle.MEAN[f];
            coefficients.add(feature);
        }
        double[][] weights = new double[terms.size()][];
        Arrays.setAll(weights, _ -> numbers(random, 3, 0.4));
        double[] ones = new double[terms.size()];
        Arrays.fill(ones, 1);
        double[][] identity = new double[ones.length][ones.length];
        for (int i = 0; i < ones.length; i++) {
            identity[i][i] = 1;
        }
        return new SeasonalModel(
                OnnxOracle.card(SeasonalModel.KIND),
                new SeasonalMean(basis, trend, coefficients),
                terms,
                new Autoregression(weights, Cholesky.of(identity), ones, new double[] {1, 2, 3}),
                0.999,
                new double[] {1.5, 4, 6});
    }

    private static double[] numbers(Random random, int length, double largest) {
        return random.doubles(length, -largest, largest).toArray();
    }
}
