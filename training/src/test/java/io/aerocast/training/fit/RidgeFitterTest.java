package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.RidgeModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeFitterTest {

    private final Pipeline pipeline = Synthetic.pipeline(3, 1, 6);
    private final RidgeFitter fitter = new RidgeFitter(RidgeSettings.defaults());

    /// The deviation from the daily cycle decays by a tenth per hour with shocks of 0.3; no forecast can have a
    /// smaller error than the shocks that follow its origin.
    @Test
    void isAlmostAsAccurateAsTheProcessAllows() {
        double[] series = Synthetic.weather(4000);
        RidgeModel model = fit(series);
        Dataset later = Synthetic.dataset(pipeline, series, 3000, 3900);

        Residuals residuals = Residuals.of(model, later);

        assertThat(residuals.rmse(0)).isCloseTo(0.3, within(0.02));
        double sixSteps = 0.3 * Math.sqrt((1 - Math.pow(0.9, 12)) / (1 - 0.81));
        assertThat(residuals.rmse(1)).isCloseTo(sixSteps, within(0.06));
    }

    @Test
    void theIntervalsReachTheirNominalCoverage() {
        double[] series = Synthetic.weather(4000);
        RidgeModel model = fit(series);
        List<Sample> later = Synthetic.dataset(pipeline, series, 3000, 3900).samples();

        long held = later.stream()
                .filter(sample -> holds(model.predict(sample.lookback()), sample))
                .count();

        assertThat(held / (double) later.size()).isBetween(0.86, 0.94);
    }

    private static boolean holds(Prediction prediction, Sample sample) {
        return sample.targets()[0] >= prediction.lower()[0]
                && sample.targets()[0] <= prediction.upper()[0];
    }

    @Test
    void penalisesTermsThatExplainNothing() {
        Random random = new Random(2);
        double[][] rows = new double[60][40];
        double[][] noise = new double[60][1];
        double[][] signal = new double[60][1];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = random.doubles(40, -1, 1).toArray();
            rows[row][0] = 1;
            noise[row][0] = random.nextGaussian();
            signal[row][0] = 3 * rows[row][1] + 2 * rows[row][2];
        }

        assertThat(RidgePenalty.choose(rows, noise)[0]).isGreaterThan(5);
        assertThat(RidgePenalty.choose(rows, signal)[0]).isLessThan(0.01);
    }

    /// Each row is left out and forecast from a fit to the others, without the closed form.
    @Test
    void theChosenPenaltyHasASmallErrorOnRowsThatWereLeftOut() {
        Random random = new Random(4);
        double[][] rows = new double[40][25];
        double[][] targets = new double[40][1];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = random.doubles(25, -1, 1).toArray();
            rows[row][0] = 1;
            targets[row][0] = rows[row][1] + random.nextGaussian();
        }
        double chosen = RidgePenalty.choose(rows, targets)[0];

        double error = leaveOneOut(rows, targets, chosen);

        for (double other : new double[] {1e-5 * 40, 1e-3 * 40, 1e-1 * 40, 40}) {
            assertThat(error).isLessThan(1.1 * leaveOneOut(rows, targets, other));
        }
    }

    private static double leaveOneOut(double[][] rows, double[][] targets, double penalty) {
        double sum = 0;
        for (int left = 0; left < rows.length; left++) {
            double[] weights = new double[rows.length];
            Arrays.fill(weights, 1);
            weights[left] = 0;
            double[][] coefficients = RobustRidge.fit(
                            rows, weights, targets, RidgePenalty.diagonal(penalty, rows[0].length))
                    .coefficients();
            double error = targets[left][0];
            for (int term = 0; term < coefficients.length; term++) {
                error -= coefficients[term][0] * rows[left][term];
            }
            sum += error * error;
        }
        return sum;
    }

    @Test
    void usesTheSeasonsThatTheDataHoldMostOf() {
        assertThat(fit(Synthetic.weather(1000)).basis().seasons()).hasSize(1);
        assertThat(fit(Synthetic.weather(9000)).basis().seasons()).hasSize(2);
    }

    @Test
    void ignoresMissingTargets() {
        double[] series = Synthetic.weather(1200);
        Dataset whole = Synthetic.dataset(pipeline, series, 0, 800);
        List<Sample> thinned = whole.samples().stream()
                .map(sample -> sample.targets()[0] > 18
                        ? new Sample(sample.lookback(), new double[] {Double.NaN, sample.targets()[1]})
                        : sample)
                .toList();
        Dataset train = Synthetic.dataset(pipeline, thinned, whole.from(), whole.to());
        Dataset validation = Synthetic.dataset(pipeline, series, 800, 1100);

        RidgeModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(Residuals.of(model, validation).rmse(0)).isLessThan(0.4);
    }

    @Test
    void fillsInTheCard() {
        RidgeModel model = fit(Synthetic.weather(1000));

        assertThat(model.card().model()).isEqualTo(fitter.kind()).isEqualTo("ridge");
        assertThat(model.needsTime()).isEqualTo(fitter.needsTime()).isTrue();
        assertThat(model.card().hyperparameters()).containsOnlyKeys("coverage", "seasons", "penalties");
        assertThat(model.card().metrics())
                .containsKeys("validationRmse.h1", "validationPersistenceRmse.h6")
                .hasSize(4);
    }

    @Test
    void givesTheSameArtifactForTheSameData() {
        double[] series = Synthetic.weather(1000);

        assertThat(ModelArtifact.write(fit(series))).isEqualTo(ModelArtifact.write(fit(series)));
    }

    @Test
    void refusesSamplesWithoutTimes() {
        Sample timeless = new Sample(new Lookback(new double[][] {{1}, {2}, {3}}, null), new double[] {4, 5});
        Dataset dataset = Synthetic.dataset(pipeline, List.of(timeless), Synthetic.START, Synthetic.hour(9));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fitter.fit(dataset, dataset, Synthetic.SETTINGS, FitProgress.SILENT))
                .withMessageStartingWith("Cannot fit a ridge model on samples without times");
    }

    private RidgeModel fit(double[] series) {
        int split = series.length * 2 / 3;
        return fitter.fit(
                Synthetic.dataset(pipeline, series, 0, split),
                Synthetic.dataset(pipeline, series, split, series.length - 6),
                Synthetic.SETTINGS,
                FitProgress.SILENT);
    }
}
