package io.aerocast.training.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.score.Forecasts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Days ten days apart, whose hourly errors at all horizons up to 24 are correlated for most of a day.
class CalmComparisonTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final int TRIALS = 500;
    private static final double KEPT = 0.95;

    private final Random random = new Random(17);

    @ParameterizedTest
    @ValueSource(ints = {5, 7, 12})
    void anEquallyGoodCandidateRarelyFailsTheTest(int days) {
        long forgotten = IntStream.range(0, TRIALS)
                .filter(_ ->
                        compare(errors(days, 1), errors(days, 1)).forgotten().pValue() < 0.05)
                .count();

        assertThat((double) forgotten / TRIALS).isLessThan(0.08);
    }

    @Test
    void aWorseCandidateIsFound() {
        long forgotten = IntStream.range(0, TRIALS)
                .filter(_ -> compare(errors(12, 2), errors(12, 1)).forgotten().pValue() < 0.05)
                .count();

        assertThat((double) forgotten / TRIALS).isGreaterThan(0.7);
    }

    @Test
    void fewerThanFiveDaysAreNotCompared() {
        List<double[]> four = errors(4, 1);

        assertThat(CalmComparison.of(forecasts(four), forecasts(four), forecasts(four), 0))
                .isEmpty();
    }

    @Test
    void countsDays() {
        List<double[]> errors = errors(6, 1);

        CalmComparison comparison = compare(errors, errors);

        assertThat(comparison.days()).isEqualTo(6);
        assertThat(comparison.ratio()).isEqualTo(1);
        assertThat(comparison.forgotten().n()).isEqualTo(6);
    }

    private static CalmComparison compare(List<double[]> candidate, List<double[]> champion) {
        double[] ones = new double[24];
        Arrays.fill(ones, 1);
        return CalmComparison.of(
                        forecasts(candidate),
                        forecasts(champion),
                        forecasts(Collections.nCopies(candidate.size(), ones)),
                        0)
                .orElseThrow();
    }

    /// Shape [days], each [hours].
    private List<double[]> errors(int days, double size) {
        return IntStream.range(0, days)
                .mapToObj(_ -> {
                    double[] errors = new double[24];
                    double error = random.nextGaussian();
                    for (int hour = 0; hour < errors.length; hour++) {
                        errors[hour] = size * error;
                        error = KEPT * error + Math.sqrt(1 - KEPT * KEPT) * random.nextGaussian();
                    }
                    return errors;
                })
                .toList();
    }

    private static Forecasts forecasts(List<double[]> errors) {
        double[] truth = new double[NOAA.horizons().size()];
        double[][] rows = new double[1][NOAA.features().size()];
        List<Sample> samples = IntStream.range(0, 24 * errors.size())
                .mapToObj(i -> new Sample(
                        new Lookback(
                                rows,
                                Instant.EPOCH
                                        .plus(10L * (i / 24), ChronoUnit.DAYS)
                                        .plus(i % 24, ChronoUnit.HOURS)),
                        truth))
                .toList();
        List<Prediction> values = errors.stream()
                .flatMapToDouble(Arrays::stream)
                .mapToObj(error -> {
                    double[] value = new double[truth.length];
                    Arrays.fill(value, error);
                    return new Prediction(value, value, value);
                })
                .toList();
        return new Forecasts(NOAA, samples, values);
    }
}
